"""The take-over of the home volume by the scripts of the host, on an emulated EC2, with every fault: killed
before and after each call, throttled, answered and lost, not permitted yet, hosts that lose their power or
are started in between.

Each fault is followed by what CloudFormation does: if the new host succeeds, the former one is terminated,
otherwise the new one, and a rule starts the former one. In the end exactly one host serves, and no volume
was ever detached from a host that runs and has it mounted.

usage: prove.py ENDPOINT SCRIPTS FOLDER all|sample
"""

import base64
import io
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

import boto3
from awscli import clidriver

ENDPOINT, SCRIPTS, FOLDER, EXTENT = sys.argv[1:]
FOLDER = pathlib.Path(FOLDER)
os.environ.update(
    AWS_ENDPOINT_URL=ENDPOINT, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true", AWS_PAGER="",
)
ec2 = boto3.client("ec2")
IMAGE = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
CHANGES = ("stop-instances", "start-instances", "attach-volume", "detach-volume")

# The `aws` of the hosts: it asks this process, and is killed together with its script.
CLIENT = """#!/bin/bash
exec 3<> /dev/tcp/127.0.0.1/PORT
printf '%s\\n' "$(printf '%s\\0' "$@" | base64 --wrap 0)" >&3
read -r status <&3
[ "$status" != kill ] || kill -KILL 0
[ "$status" != 0 ] || exec cat <&3
cat <&3 >&2
exit "$status"
"""

server = socket.create_server(("127.0.0.1", 0))
server.settimeout(0.02)
PORT = str(server.getsockname()[1])


def state(instance):
    return ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]["State"]["Name"]


class Host:
    """An instance with the scripts, whose folders are of its own."""

    def __init__(self, volume):
        self.volume = volume
        self.id = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=FOLDER))
        for name in ("libexec", "state", "run", "etc", "bin"):
            (self.folder / name).mkdir()
        for name in ("takeover", "retry", "settings"):
            text = pathlib.Path(SCRIPTS, name).read_text()
            for path, own in (("/usr/local/libexec/vsc", "libexec"), ("/var/lib/vsc", "state"), ("/run/vsc", "run"), ("/etc/vsc", "etc")):
                text = text.replace(path, str(self.folder / own))
            self.program("libexec", name, text)
        self.program("libexec", "metadata", f"#!/bin/bash\necho {self.id}\n")
        # What it does is proved with real file systems.
        self.program("libexec", "unmount-homes", f"#!/bin/bash\nrm -f {self.folder}/mounted\n")
        self.program("bin", "aws", CLIENT.replace("PORT", PORT))
        self.program("bin", "systemctl", "#!/bin/bash\n")
        self.program("bin", "sleep", "#!/bin/bash\nexec /bin/sleep 0.02\n")
        # The seconds since it was started.
        self.program("bin", "ps", f"#!/bin/bash\ncat {self.folder}/uptime\n")
        (self.folder / "uptime").write_text("100\n")
        (self.folder / "etc/host.env").write_text(f"HOMES_VOLUME={volume}\nHOMES_GIB=10\n")

    def program(self, folder, name, text):
        path = self.folder / folder / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, verb, fault=None, **more):
        """Runs the script; returns whether it succeeded."""
        calls = 0
        env = dict(os.environ, PATH=f"{self.folder}/bin:{os.environ['PATH']}", **more)
        process = subprocess.Popen(
            [self.folder / "libexec/takeover", verb], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        while process.poll() is None:
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            with connection, connection.makefile("rwb") as stream:
                words = base64.b64decode(stream.readline()).decode().split("\0")[:-1]
                changes = words[1] in CHANGES
                calls += changes
                answer = self.answer(words, fault if changes and fault and fault.at == calls else None)
                stream.write(answer)
        self.said = process.stderr.read().decode()
        if process.returncode == 0 and verb in ("take", "recover") and holder(self.volume) == self.id:
            (self.folder / "mounted").touch()
        return process.returncode == 0

    def answer(self, words, fault):
        if fault:
            fault.happened = True
            if fault.kind == "before":
                return b"kill\n"
            if fault.kind == "throttled":
                return b"254\nAn error occurred (RequestLimitExceeded) when calling the operation: Request limit exceeded.\n"
            if fault.kind == "forbidden":
                return b"254\nAn error occurred (UnauthorizedOperation) when calling the operation: You are not authorized.\n"
        if words[1] == "detach-volume":
            instance = words[words.index("--instance-id") + 1]
            owner = next(host for host in HOSTS if host.id == instance)
            if state(instance) not in ("stopped", "terminated") and (owner is not self or (self.folder / "mounted").exists()):
                TORN.append(f"{words} while {instance} is {state(instance)}")
        status, output = run_aws(words)
        if words[1] == "stop-instances":
            for host in HOSTS:
                if host.id in words:
                    host.power_off()
        if fault and fault.then:
            fault.then()
        if fault and fault.kind == "after":
            return b"kill\n"
        if fault and fault.kind == "lost":
            return b"255\nConnect timeout on endpoint URL\n"
        return f"{status}\n".encode() + output

    def power_off(self):
        """Without power, nothing is mounted, and what is in memory is gone."""
        (self.folder / "mounted").unlink(missing_ok=True)
        shutil.rmtree(self.folder / "run")
        (self.folder / "run").mkdir()

    def boot(self):
        """Starts the host again; returns whether it has the homes."""
        if state(self.id) != "running":
            ec2.start_instances(InstanceIds=[self.id])
        self.power_off()
        # As vsc-homes.service does.
        return self.run("recover", AT_BOOT="yes") and (holder(self.volume) == self.id or self.run("take", AT_BOOT="yes"))

    def terminate(self):
        ec2.terminate_instances(InstanceIds=[self.id])
        self.power_off()
        if holder(self.volume) == self.id:
            ec2.detach_volume(VolumeId=self.volume, InstanceId=self.id)


class Fault:
    def __init__(self, kind, at, then=None):
        self.kind, self.at, self.then, self.happened = kind, at, then, False


HOSTS, TORN = [], []


def holder(volume):
    attachments = ec2.describe_volumes(VolumeIds=[volume])["Volumes"][0]["Attachments"]
    return attachments[0]["InstanceId"] if attachments else None


def run_aws(words):
    """The aws command line, in a copy of this process, which has loaded it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writer, 1)
        os.dup2(writer, 2)
        sys.stdout, sys.stderr = io.TextIOWrapper(os.fdopen(1, "wb", 0), write_through=True), io.TextIOWrapper(os.fdopen(2, "wb", 0), write_through=True)
        status = 1
        try:
            status = clidriver.create_clidriver().main(words)
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        output = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output


def world():
    """A host that serves, and a new one."""
    zone = ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
    volume = ec2.create_volume(AvailabilityZone=zone, Size=10)["VolumeId"]
    old = Host(volume)
    HOSTS[:] = [old]
    assert old.run("take"), old.said
    (old.folder / "state/applied").touch()
    new = Host(volume)
    HOSTS.append(new)
    return old, new


def ends(what, old, new, succeeded):
    """What CloudFormation does; then exactly one host serves."""
    if succeeded:
        (new.folder / "state/applied").touch()
        old.terminate()
        serves = new
    else:
        new.terminate()
        # The rule after a rollback, and the unit of the host.
        assert old.boot(), f"{what}: {old.said}"
        serves = old
    assert holder(old.volume) == serves.id, f"{what}: {holder(old.volume)} has the homes, not {serves.id}"
    running = [host for host in (old, new) if state(host.id) == "running"]
    assert running == [serves], f"{what}: {[host.id for host in running]}"
    assert (serves.folder / "mounted").exists(), what
    assert not TORN, f"{what}: {TORN}"


def take(what, fault, after):
    old, new = world()
    ok = new.run("take", fault)
    if fault and not fault.happened:
        return False
    ends(what, old, new, after(old, new, ok))
    return True


def failed_step(old, new, ok):
    """cfn-init fails, and user data gives the homes back before it signals."""
    assert new.run("give-back"), new.said
    assert holder(old.volume) == old.id and state(old.id) == "running", "the former host works again before the rollback"
    old.boot()
    return False


def power_lost(old, new, ok):
    """The new host starts again without user data."""
    assert not new.boot(), "a boot that was cut off does not serve"
    assert holder(old.volume) == old.id, "the former host has the homes again"
    return False


def nothing_more(old, new, ok):
    return False


def again(old, new, ok):
    assert ok or new.run("take"), new.said
    return True


def give_back(what, fault, after):
    old, new = world()
    assert new.run("take"), new.said
    ok = new.run("give-back", fault)
    if fault and not fault.happened:
        return False
    ends(what, old, new, after(old, new, ok))
    return True


def repeated(old, new, ok):
    assert ok or new.run("give-back"), new.said
    return False


def started_meanwhile(kind, at):
    """Somebody starts the former host after a call of the new one."""
    old, new = world()

    def start():
        if state(old.id) == "stopped":
            old.boot()

    new.run("take", Fault(kind, at, start))
    ok = holder(old.volume) == new.id
    ends(f"the former host is started after call {at}", old, new, ok)
    return True


def former_host(prepare, what):
    old, new = world()
    prepare(old)
    assert new.run("take"), f"{what}: {new.said}"
    ends(what, old, new, True)
    return True


def successor(what, prepare):
    """A former host that is started again takes nothing from its successor, whatever that one does."""
    old, new = world()
    assert new.run("take"), new.said
    (new.folder / "state/applied").touch()
    prepare(new)
    before = state(new.id)
    assert not old.boot() and "the successor of this host" in old.said, old.said
    assert holder(old.volume) == new.id and state(new.id) == before, what
    if before == "stopped":
        assert new.boot(), new.said
    ends(what, old, new, True)
    return True


def stays(what, prepare, says):
    """A new host that does not take the homes: the former one never notices it."""
    old, new = world()
    before = ec2.describe_instances(InstanceIds=[old.id])["Reservations"][0]["Instances"][0].get("StateTransitionReason")
    assert not prepare(new) and says in new.said, f"{what}: {new.said}"
    assert holder(old.volume) == old.id and (old.folder / "mounted").exists(), what
    after = ec2.describe_instances(InstanceIds=[old.id])["Reservations"][0]["Instances"][0].get("StateTransitionReason")
    assert before == after, f"{what}: the former host was stopped"
    assert new.run("give-back") and holder(old.volume) == old.id and (old.folder / "mounted").exists(), f"{what}: {new.said}"
    new.terminate()
    return True


def late(new):
    (new.folder / "uptime").write_text(f"{26 * 60}\n")
    return new.run("take")


def late_but_taking(old, new, ok):
    """A run that was killed goes on, however late it is: the former host is stopped already."""
    (new.folder / "uptime").write_text(f"{26 * 60}\n")
    return again(old, new, ok)


def scenarios():
    kills = [(kind, at) for at in (1, 2, 3) for kind in ("before", "after")]
    afters = (failed_step, power_lost, nothing_more)
    for kind, at in kills:
        for after in afters:
            yield f"take is killed {kind} call {at}, {after.__name__}", lambda k=kind, a=at, f=after: take(f"{k} {a} {f.__name__}", Fault(k, a), f)
        yield f"take is killed {kind} call {at}, and runs again", lambda k=kind, a=at: take(f"{k} {a} again", Fault(k, a), again)
        for after in (power_lost, nothing_more, repeated):
            yield f"give-back is killed {kind} call {at}, {after.__name__}", lambda k=kind, a=at, f=after: give_back(f"{k} {a} {f.__name__}", Fault(k, a), f)
    for at in (1, 2, 3):
        for kind in ("throttled", "lost", "forbidden"):
            yield f"call {at} of take is {kind}", lambda k=kind, a=at: take(f"{k} {a}", Fault(k, a), again)
            yield f"call {at} of give-back is {kind}", lambda k=kind, a=at: give_back(f"{k} {a}", Fault(k, a), repeated)
        yield f"the former host is started after call {at}", lambda a=at: started_meanwhile("none", a)
    for step in ("departed", "start", "ready"):
        yield f"the step {step} fails on the new host", lambda s=step: take(s, None, failed_step)
        yield f"the new host loses its power in the step {step}", lambda s=step: take(s, None, power_lost)
    yield "the new host loses its power before it takes the homes", lambda: stays("early", Host.boot, "the first boot of this host was cut off")
    yield "the new host is ready after 26 minutes", lambda: stays("late", late, "this host was ready to take the homes after 26 minutes")
    yield "take is killed after call 1, and runs again after 26 minutes", lambda: take("late", Fault("after", 1), late_but_taking)
    yield "the former host loses its power", lambda: former_host(lambda old: old.boot(), "power")
    yield "the former host is stopped", lambda: former_host(lambda old: ec2.stop_instances(InstanceIds=[old.id]), "stopped")
    yield "the former host is terminated", lambda: former_host(lambda old: old.terminate(), "terminated")
    yield "the former host is started again", lambda: successor("started again", lambda new: None)
    yield "the former host is started while its successor is stopped", lambda: successor("stopped", lambda new: (ec2.stop_instances(InstanceIds=[new.id]), new.power_off()))


tried = 0
every = 1 if EXTENT == "all" else 6
for name, scenario in list(scenarios())[::every]:
    assert scenario(), f"{name}: the fault did not happen"
    tried += 1
    print(f"ok      {name}", flush=True)
print(f"{tried} faults")
