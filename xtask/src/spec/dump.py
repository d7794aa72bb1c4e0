# Prints as JSON what only the code of cfn-lint says: which rule reads which documents for which properties,
# and which attributes `Fn::GetAtt` gives beyond those that schemas mark as read-only.
#
# usage: dump.py        with cfn-lint in PYTHONPATH
import importlib, inspect, json, pathlib, pkgutil, sys

import cfnlint.helpers
import cfnlint.rules.resources
from cfnlint.jsonschema import CfnTemplateValidator
from cfnlint.rules import CloudFormationLintRule
from cfnlint.schema import _getatts

SCHEMAS = "cfnlint.data.schemas."
loaded = []
read = cfnlint.helpers.load_resource


def recorded(package, filename="us-east-1.json"):
    name = package if isinstance(package, str) else package.__name__
    if name.startswith(SCHEMAS):
        loaded.append([name.removeprefix(SCHEMAS).replace(".", "/"), filename])
    return read(package, filename)


def ignores_case_of_engine(rule, documents):
    """Whether the rule makes `Engine` lower case before it validates: found by validating one."""
    packages = [f"{SCHEMAS}{folder.replace('/', '.')}" for folder, _ in documents]
    texts = [json.dumps(read(package, file)) for package, (_, file) in zip(packages, documents)]
    if not any('"Engine"' in text for text in texts):
        return False
    properties = {"Engine": "MYSQL"}
    list(rule.validate(CfnTemplateValidator({}), None, properties, {}))
    return properties["Engine"] == "mysql"


def position(rule):
    """Rules in the order of files and lines: the order in which constraints are packed."""
    return pathlib.PurePath(inspect.getsourcefile(rule)).parts, inspect.getsourcelines(rule)[1]


root = cfnlint.rules.resources
modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(root.__path__, root.__name__ + ".")]
for module in list(sys.modules.values()):
    # `from cfnlint.helpers import load_resource` makes names of their own.
    if getattr(module, "load_resource", None) is read:
        module.load_resource = recorded

classes = {
    member
    for module in modules
    for member in vars(module).values()
    if inspect.isclass(member) and issubclass(member, CloudFormationLintRule)
    if member.__module__ == module.__name__ and getattr(member, "id", "")
}
rules = []
for made in sorted(classes, key=position):
    loaded.clear()
    rule = made()
    keywords, documents = getattr(rule, "keywords", None), list(loaded)
    if keywords and documents:
        rules.append({
            "id": rule.id,
            "keywords": sorted(keywords),
            "documents": documents,
            "ignores_case_of_engine": ignores_case_of_engine(rule, documents),
        })
json.dump({
    "rules": rules,
    "every_property": _getatts._all_property_types,
    "more_properties": _getatts._exceptions,
}, sys.stdout, indent=1)
