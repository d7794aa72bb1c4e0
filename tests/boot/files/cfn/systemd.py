"""The manager of services that newer versions of cfn-init have."""

import collections
import logging
import subprocess

from cfnbootstrap import util
from cfnbootstrap.construction_errors import ToolError
from cfnbootstrap.service_tools import ServiceTool

log = logging.getLogger("cfn.init")


class SystemdTool(ServiceTool):
    def apply(self, action, changes=collections.defaultdict(list)):
        for service, properties in action.items():
            if "enabled" in properties:
                enabled = util.interpret_boolean(properties["enabled"])
                systemctl("enable" if enabled else "disable", service)
            if self._detect_required_restart(properties, changes):
                systemctl("restart", service)
            elif "ensureRunning" in properties:
                running = util.interpret_boolean(properties["ensureRunning"])
                systemctl("start" if running else "stop", service)


def systemctl(verb, service):
    result = subprocess.run(["systemctl", verb, service], capture_output=True, text=True)
    if result.returncode:
        log.error("systemctl %s %s failed: %s", verb, service, result.stderr)
        raise ToolError("Could not %s %s" % (verb, service))
    log.info("systemctl %s %s", verb, service)
