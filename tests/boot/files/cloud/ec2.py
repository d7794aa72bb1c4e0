"""Amazon EC2 for the hosts: instances are containers, volumes are loop devices of the machine. What a host may
do to them is decided by its role, as for every other service.
"""

import json
import subprocess
import threading
from xml.sax.saxutils import escape

ACCOUNT = "arn:aws:ec2:us-east-1:000000000000"
STATES = {"pending": 0, "running": 16, "terminated": 48, "stopping": 64, "stopped": 80}
# Instances that are being stopped.
stopping = set()
lock = threading.RLock()


class Rejected(Exception):
    """An error of the service, with its code."""


def docker(*words):
    return subprocess.run(["docker", "--host", "unix:///engine.sock", *words], capture_output=True, text=True)


def containers():
    """The container of each address, and whether it runs."""
    names = docker("ps", "--all", "--format", "{{.Names}}").stdout.split()
    found = {}
    for container in json.loads(docker("inspect", *names).stdout or "[]"):
        for network in container["NetworkSettings"]["Networks"].values():
            address = (network.get("IPAMConfig") or {}).get("IPv4Address")
            if address:
                found[address] = (container["Name"].lstrip("/"), container["State"]["Running"])
    return found


class Ec2:
    """The instances and volumes of which the folder of the state tells."""

    def __init__(self, state, is_allowed):
        self.state, self.is_allowed = state, is_allowed

    def instance(self, name):
        """The container of an instance, its tags and its state."""
        for path in (self.state / "hosts").glob("*.json"):
            host = json.loads(path.read_text())
            if host["instance_id"] == name:
                container, runs = containers().get(path.stem, (None, False))
                state = "terminated" if container is None else "running" if runs else "stopped"
                return container, host["tags"], "stopping" if runs and name in stopping else state
        raise Rejected("InvalidInstanceID.NotFound")

    def volume(self, name):
        path = self.state / "volumes" / f"{name}.json"
        if not path.exists():
            raise Rejected("InvalidVolume.NotFound")
        return path, json.loads(path.read_text())

    def holder(self, volume):
        """The instance that has a volume: a terminated one has none."""
        holder = volume["holder"]
        return holder if holder and self.instance(holder)[2] != "terminated" else None

    def call(self, host, form):
        """The response of an operation; None if the role does not allow it."""
        action = form["Action"]
        named = [value for key, value in form.items() if key.startswith(("VolumeId", "InstanceId"))]
        if action.startswith("Describe"):
            if not self.is_allowed(host, f"ec2:{action}", "*"):
                return None
        for name in [] if action.startswith("Describe") else named:
            is_volume = name.startswith("vol-")
            tags = {} if is_volume else self.instance(name)[1]
            context = {f"aws:ResourceTag/{tag}": value for tag, value in tags.items()}
            if not self.is_allowed(host, f"ec2:{action}", f"{ACCOUNT}:{'volume' if is_volume else 'instance'}/{name}", context):
                return None
        with lock:
            body = getattr(self, action)(form)
        return f'<{action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">{body}</{action}Response>'

    def DescribeVolumes(self, form):
        name = form["VolumeId.1"]
        holder = self.holder(self.volume(name)[1])
        attachment = f"<item><volumeId>{escape(name)}</volumeId><instanceId>{holder}</instanceId><status>attached</status></item>" if holder else ""
        status = "in-use" if holder else "available"
        return f"<volumeSet><item><volumeId>{escape(name)}</volumeId><status>{status}</status><attachmentSet>{attachment}</attachmentSet></item></volumeSet>"

    def DescribeInstances(self, form):
        name = form["Filter.1.Value.1"]
        state = self.instance(name)[2]
        return f"<reservationSet><item><instancesSet><item><instanceId>{escape(name)}</instanceId><instanceState><code>{STATES[state]}</code><name>{state}</name></instanceState></item></instancesSet></item></reservationSet>"

    def AttachVolume(self, form):
        path, volume = self.volume(form["VolumeId"])
        container, _, state = self.instance(form["InstanceId"])
        if self.holder(volume):
            raise Rejected("VolumeInUse")
        if state not in ("running", "stopped"):
            raise Rejected("IncorrectState")
        path.write_text(json.dumps(volume | {"holder": form["InstanceId"]}))
        self.plug(container, volume)
        return ""

    def plug(self, container, volume):
        docker("exec", container, "ln", "-sfn", volume["device"], "/dev/sdf")

    def DetachVolume(self, form):
        path, volume = self.volume(form["VolumeId"])
        container, _, state = self.instance(form["InstanceId"])
        if self.holder(volume) != form["InstanceId"]:
            raise Rejected("IncorrectState")
        if state == "running" and docker("exec", container, "findmnt", "--source", volume["device"]).stdout:
            # EBS waits for a volume that is mounted, and the file system may be torn.
            with open(self.state / "torn", "a") as file:
                file.write(f"{form}\n")
        docker("exec", container, "rm", "-f", "/dev/sdf")
        path.write_text(json.dumps(volume | {"holder": None}))
        return ""

    def StopInstances(self, form):
        name = form["InstanceId.1"]
        container, _, state = self.instance(name)
        if state == "running":
            stopping.add(name)
            threading.Thread(target=self.stop, args=(name, container), daemon=True).start()
        return "<instancesSet/>"

    def stop(self, name, container):
        # How an orderly shutdown is asked of systemd in a container: SIGRTMIN+3.
        docker("kill", "--signal", "37", container)
        docker("wait", container)
        stopping.discard(name)

    def StartInstances(self, form):
        name = form["InstanceId.1"]
        container, _, state = self.instance(name)
        if state in ("stopping", "terminated"):
            raise Rejected("IncorrectInstanceState")
        docker("start", container)
        for path in (self.state / "volumes").glob("*.json"):
            volume = json.loads(path.read_text())
            if volume["holder"] == name:
                self.plug(container, volume)
        return "<instancesSet/>"
