"""Lints the templates given on standard input by checkov's policies, and prints what does not follow
them as JSON. What a template suppresses with a reason is followed.
"""

import json
import logging
import pathlib
import sys
import tempfile

# It logs that it cannot reach the site of its makers, which it need not.
logging.disable(logging.CRITICAL)

from checkov.cloudformation.runner import Runner
from checkov.runner_filter import RunnerFilter


def main():
    subjects = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        for index, subject in enumerate(subjects):
            pathlib.Path(folder, f"{index}.yaml").write_text(subject["yaml"])
        report = Runner().run(root_folder=folder, runner_filter=RunnerFilter(framework=["cloudformation"]))

    def subject_of(path):
        return subjects[int(pathlib.PurePath(path).stem)]

    complaints = [
        {
            "template": subject_of(check.file_path)["name"],
            "linter": "checkov",
            "message": f"{check.check_id} {check.check_name} at {check.resource}",
        }
        for check in report.failed_checks
    ]
    complaints += [
        {"template": subject_of(path)["name"], "linter": "checkov", "message": "it cannot be read"}
        for path in report.parsing_errors
    ]
    passed = {check.file_path for check in report.passed_checks + report.failed_checks}
    checked = [subject["name"] for index, subject in enumerate(subjects) if f"/{index}.yaml" in passed]
    json.dump({"checked": checked, "complaints": complaints}, sys.stdout)


main()
