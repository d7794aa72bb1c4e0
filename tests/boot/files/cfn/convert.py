"""Makes the published aws-cfn-bootstrap, which is written for Python 2, run on Python 3.

Nothing of what cfn-init does is changed, but for what a newer version knows as well: `systemd` as
a manager of services (systemd.py beside this file), tokens for the instance metadata service, and
an endpoint from the environment.

usage: convert.py FOLDER
"""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def replace(path, *pairs):
    """Replaces text that must exist."""
    text = path.read_text()
    for old, new in pairs:
        if old not in text:
            sys.exit(f"{path}: there is no {old!r}")
        text = text.replace(old, new)
    path.write_text(text)


def main(folder):
    package = folder / "cfnbootstrap"
    # Its own copy of requests is too old; the one of today stands in for it.
    shutil.rmtree(package / "packages")
    requests = package / "packages" / "requests"
    requests.mkdir(parents=True)
    (package / "packages" / "__init__.py").touch()
    shutil.copy(HERE / "requests.py", requests / "__init__.py")
    for part in ["auth", "api", "exceptions"]:
        module = "cfnbootstrap.packages.requests" if part == "api" else f"requests.{part}"
        (requests / f"{part}.py").write_text(f"from {module} import *\n")

    sources = [*package.glob("*.py"), *(package / "resources").rglob("*.py")]
    programs = [path for path in (folder / "bin").iterdir() if path.is_file()]
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "lib2to3", "-w", "-n", "--no-diffs", *sources, *programs],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    for path in [*sources, *programs]:
        text = path.read_text().replace(" file(", " open(").replace(".isAlive()", ".is_alive()")
        path.write_text(text)
    # 2to3 turns the method into the operator, which this class does not have.
    replace(package / "construction.py", (" in self:", " in self.all():"))
    replace(
        package / "construction.py",
        ("    def get(self, key, default=None):", "    def all(self):\n        return JsonFileManager.read(self._json_db_dir, self._dbname)\n\n    def get(self, key, default=None):"),
        ('"windows" : WindowsServiceTool }', '"windows" : WindowsServiceTool, "systemd" : SystemdTool }'),
        ("import SysVInitTool, WindowsServiceTool", "import SysVInitTool, WindowsServiceTool\nfrom cfnbootstrap.systemd import SystemdTool"),
    )
    shutil.copy(HERE / "systemd.py", package / "systemd.py")
    # Comparing functions are gone.
    replace(
        package / "construction.py",
        ("cmp=CloudFormationCarpenter._pkgsort", "key=functools.cmp_to_key(CloudFormationCarpenter._pkgsort)"),
        ("import collections", "import collections\nimport functools"),
        ("class CloudFormationCarpenter", "def cmp(x, y):\n    return (x > y) - (x < y)\n\n\nclass CloudFormationCarpenter"),
    )
    # Bytes are no text any more.
    replace(
        package / "aws_client.py",
        ("base64.b64encode(document)", "base64.b64encode(document.encode()).decode()"),
    )
    replace(
        package / "util.py",
        ("in output.splitlines(False)", "in output.decode('utf-8', 'replace').splitlines(False)"),
        ("in stderr.splitlines(False)", "in stderr.decode('utf-8', 'replace').splitlines(False)"),
    )
    replace(
        package / "cfn_client.py",
        ("        if region in CloudFormationClient._endpoints:", "        import os\n        if os.environ.get('AWS_ENDPOINT_URL'):\n            return os.environ['AWS_ENDPOINT_URL']\n        if region in CloudFormationClient._endpoints:"),
    )


main(pathlib.Path(sys.argv[1]))
