"""Lints the templates given on standard input, and prints the complaints as JSON.

Errors and warnings of cfn-lint and of cloudformation-validate count, and every difference between
what PyYAML reads from a template's YAML and what is in its JSON.
"""

import json
import sys
import tempfile

import cloudformation_validate
import yaml
from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner


class Loader(yaml.SafeLoader):
    """YAML 1.1 with CloudFormation's short forms, read back to their long forms."""


def long_form(loader, tag, node):
    name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if tag == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {name: value}


Loader.add_multi_constructor("!", long_form)


def cfn_lint(text):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        config = ConfigMixIn(["--template", file.name, "--regions", "us-east-1", "eu-west-1"])
        for match in Runner(config).run():
            if match.rule.id[0] in "EW":
                path = "/".join(str(part) for part in match.path or [])
                yield f"{match.rule.id} {match.message} at {path}"


def validate(engine, text):
    for diagnostic in engine.validate_template(text.encode()).diagnostics:
        if "INFO" not in str(diagnostic.severity):
            yield f"{diagnostic.rule_id} {diagnostic.message}"


def differs(one, other, path="/"):
    """Where two values differ. To Python `True`, `1` and `1.0` are equal; to CloudFormation not."""
    if type(one) is not type(other):
        return f"{path}: {one!r} and {other!r}"
    if isinstance(one, dict):
        if list(one) != list(other):
            return f"{path}: {list(one)} and {list(other)}"
        parts = [(one[name], other[name], f"{path}{name}/") for name in one]
    elif isinstance(one, list):
        if len(one) != len(other):
            return f"{path}: {len(one)} and {len(other)} items"
        parts = [(left, right, f"{path}{index}/") for index, (left, right) in enumerate(zip(one, other))]
    else:
        return None if one == other else f"{path}: {one!r} and {other!r}"
    return next((found for part in parts if (found := differs(*part)) is not None), None)


def same_value(yaml_text, json_text):
    try:
        read = yaml.load(yaml_text, Loader)
    except yaml.YAMLError as error:
        yield f"the YAML cannot be read: {error}"
        return
    difference = differs(read, json.loads(json_text))
    if difference is not None:
        yield f"the YAML and the JSON differ at {difference}"


def main():
    engine = cloudformation_validate.CelEngine()
    complaints = []
    subjects = json.load(sys.stdin)
    for subject in subjects:
        linters = {
            "cfn-lint": cfn_lint(subject["yaml"]),
            "cloudformation-validate": validate(engine, subject["yaml"]),
            "PyYAML": same_value(subject["yaml"], subject["json"]),
        }
        for linter, messages in linters.items():
            for message in messages:
                complaint = {"template": subject["name"], "linter": linter, "message": message}
                complaints.append(complaint)
    answer = {"checked": [subject["name"] for subject in subjects], "complaints": complaints}
    json.dump(answer, sys.stdout)


main()
