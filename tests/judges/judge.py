"""Judges the templates given on standard input, and prints the complaints as JSON.

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


def same_value(yaml_text, json_text):
    try:
        read = yaml.load(yaml_text, Loader)
    except yaml.YAMLError as error:
        yield f"the YAML cannot be read: {error}"
        return
    if read != json.loads(json_text):
        yield "the YAML and the JSON differ"


def main():
    engine = cloudformation_validate.CelEngine()
    complaints = []
    for subject in json.load(sys.stdin):
        judges = {
            "cfn-lint": cfn_lint(subject["yaml"]),
            "cloudformation-validate": validate(engine, subject["yaml"]),
            "PyYAML": same_value(subject["yaml"], subject["json"]),
        }
        for judge, messages in judges.items():
            for message in messages:
                complaint = {"template": subject["name"], "judge": judge, "message": message}
                complaints.append(complaint)
    json.dump(complaints, sys.stdout)


main()
