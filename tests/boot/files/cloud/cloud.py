"""AWS as an EC2 host sees it: the instance metadata service, and the services of its region.

- The metadata service answers version 2 alone, with packets that no router forwards (hop limit 1).
- DescribeStackResource answers with the metadata of the deployed stack, its intrinsic functions
  carried out, which the emulator does not do; SignalResource is written down.
- Whatever else is asked is checked by the policies of the host's deployed role, conditions included,
  written down, and passed on to the emulator. Who signs with a clock that is off is turned away.
- Amazon EC2 as far as hosts use it (ec2.py), an issuer of certificates (acme.py), and a private registry of images (ecr.py).

usage: cloud.py STATE EMULATOR_URL
"""

import calendar
import fnmatch
import http.server
import json
import pathlib
import re
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import acme
import ec2
import ecr

STATE = pathlib.Path(sys.argv[1])
EMULATOR = sys.argv[2]
TOKEN = secrets.token_hex(16)


def load(path):
    return json.loads((STATE / path).read_text())


def note(path, entry):
    entry["time"] = time.time()
    with open(STATE / path, "a") as file:
        file.write(json.dumps(entry) + "\n")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body="", kind="text/plain", **headers):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def host(self):
        """The calling instance, by its address."""
        return load(f"hosts/{self.client_address[0]}.json")

    def log_message(self, *_):
        pass


class Metadata(Handler):
    def do_PUT(self):
        self.body()
        lasts = self.headers.get("X-aws-ec2-metadata-token-ttl-seconds")
        if self.path == "/latest/api/token" and lasts:
            # The SDK of Go asks for it in the answer as well.
            self.answer(200, TOKEN, X_aws_ec2_metadata_token_ttl_seconds=lasts)
        else:
            self.answer(400)

    def do_GET(self):
        if self.headers.get("X-aws-ec2-metadata-token") != TOKEN:
            return self.answer(401)
        host = self.host()
        credentials = {
            "Code": "Success",
            "Type": "AWS-HMAC",
            "AccessKeyId": "ASIAHOST",
            "SecretAccessKey": "host",
            "Token": "host",
            "LastUpdated": "2020-01-01T00:00:00Z",
            "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 6 * 3600)),
        }
        role = "/latest/meta-data/iam/security-credentials/"
        pages = {
            "/latest/user-data": host["user_data"],
            "/latest/meta-data/instance-id": host["instance_id"],
            "/latest/meta-data/ami-id": "ami-0123456789abcdef0",
            "/latest/meta-data/placement/region": "us-east-1",
            "/latest/meta-data/placement/availability-zone": "us-east-1a",
            "/latest/dynamic/instance-identity/document": json.dumps({"instanceId": host["instance_id"]}),
            "/latest/dynamic/instance-identity/signature": "signature",
            role: host["role"],
            role + host["role"]: json.dumps(credentials),
        }
        page = pages.get(self.path)
        self.answer(404) if page is None else self.answer(200, page)


class Services(Handler):
    def do_GET(self):
        if self.path.startswith(ROUTE_53):
            return self.serve("GET", None)
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        if not self.headers.get("Authorization", "").startswith("CFN_V1 "):
            return self.answer(403, "only hosts that prove their identity ask here")
        if query.get("Action") == "DescribeStackResource":
            return self.describe(query["StackName"], query["LogicalResourceId"])
        if query.get("Action") == "SignalResource":
            note("signals.jsonl", query)
            return self.answer(200, "{}", "application/json")
        self.answer(400, f"not known here: {query}")

    def describe(self, stack, resource):
        stack = stack.split("/")[-2] if stack.startswith("arn:") else stack
        detail = {
            "LogicalResourceId": resource,
            "ResourceType": "AWS::EC2::Instance",
            "ResourceStatus": "CREATE_COMPLETE",
            "LastUpdatedTimestamp": time.time(),
            "StackName": stack,
            "Metadata": json.dumps(load(f"stacks/{stack}.json")[resource]),
        }
        answer = {"DescribeStackResourceResponse": {"DescribeStackResourceResult": {"StackResourceDetail": detail}}}
        self.answer(200, json.dumps(answer), "application/json")

    def do_POST(self):
        self.serve("POST", self.body())

    def serve(self, method, body):
        host = self.host()
        if "/ec2/aws4_request" in self.headers.get("Authorization", ""):
            return self.serve_ec2(host, dict(urllib.parse.parse_qsl((body or b"").decode())))
        action, resource, context = self.request_of(method, body)
        allowed = is_allowed(host, action, resource, context)
        if not allowed:
            message = f"User: {host['role']} is not authorized to perform: {action} on resource: {resource}"
            return self.reject("AccessDeniedException", message)
        # Signature Version 4 allows for five minutes.
        signed = self.headers.get("X-Amz-Date")
        if signed and abs(calendar.timegm(time.strptime(signed, "%Y%m%dT%H%M%SZ")) - time.time()) > 300:
            return self.reject("InvalidSignatureException", f"Signature expired: {signed} is not the time")
        if action == "ecr:GetAuthorizationToken":
            return self.answer(200, ecr.authorization(), "application/x-amz-json-1.1")
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        request = urllib.request.Request(EMULATOR + self.path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                self.answer(answer.status, answer.read(), answer.headers["Content-Type"])
        except urllib.error.HTTPError as error:
            self.answer(error.code, error.read(), error.headers["Content-Type"])

    def serve_ec2(self, host, form):
        code = "UnauthorizedOperation"
        try:
            text = INSTANCES.call(host, form)
            if text:
                return self.answer(200, text, "text/xml")
        except ec2.Rejected as rejected:
            code = str(rejected)
        error = f"<Response><Errors><Error><Code>{code}</Code><Message>{form['Action']}</Message></Error></Errors></Response>"
        self.answer(403 if code == "UnauthorizedOperation" else 400, error, "text/xml")

    def reject(self, code, message):
        if self.headers.get("X-Amz-Target"):
            error = {"__type": code, "message": message, "Message": message}
            return self.answer(400, json.dumps(error), "application/x-amz-json-1.1")
        error = f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
        self.answer(403, error, "text/xml")

    def request_of(self, method, body):
        """The action, the ARN of its resource, and the condition keys."""
        if self.path.startswith(ROUTE_53):
            return route53_request(method, self.path[len(ROUTE_53) :], body)
        operation = re.fullmatch(r"/service/GraniteServiceVersion20100801/operation/(\w+)", self.path)
        if operation:
            # CBOR: a text has its length before it.
            named = re.search(rb"Namespace([\x60-\x77])", body)
            namespace = body[named.end() : named.end() + named[1][0] - 0x60].decode() if named else None
            return f"cloudwatch:{operation[1]}", "*", {"cloudwatch:namespace": namespace}
        target = self.headers.get("X-Amz-Target", "")
        if not target:
            form = dict(urllib.parse.parse_qsl((body or b"").decode()))
            service = re.search(r"/([a-z0-9-]+)/aws4_request", self.headers.get("Authorization", ""))
            service = {"monitoring": "cloudwatch"}.get(service and service[1], service and service[1])
            return f"{service}:{form.get('Action')}", "*", {"cloudwatch:namespace": form.get("Namespace")}
        service, _, action = target.partition(".")
        arguments = json.loads(body or b"{}")
        if service == "secretsmanager":
            name = arguments.get("SecretId", "")
            arn = name if name.startswith("arn:") else f"arn:aws:secretsmanager:us-east-1:000000000000:secret:{name}-abcdef"
            return f"secretsmanager:{action}", arn, {}
        if service == "AmazonSSM":
            name = arguments.get("Name", "")
            return f"ssm:{action}", f"arn:aws:ssm:us-east-1:000000000000:parameter/{name.lstrip('/')}", {}
        if service == "GraniteServiceVersion20100801":
            return f"cloudwatch:{action}", "*", {"cloudwatch:namespace": arguments.get("Namespace")}
        service = {"AmazonEC2ContainerRegistry_V20150921": "ecr"}.get(service, service)
        return f"{service}:{action}", "*", {}


ROUTE_53 = "/2013-04-01/"


def route53_request(method, path, body):
    """Route 53's calls are paths; the record of a change is in its body."""
    kind, _, rest = path.partition("/")
    name = rest.split("/")[0].split("?")[0]
    arn = f"arn:aws:route53:::{kind}/{name}"
    if kind == "change":
        return "route53:GetChange", arn, {}
    if method == "GET":
        return "route53:ListResourceRecordSets", arn, {}
    text = (body or b"").decode()
    all_of = lambda tag: re.findall(f"<{tag}>([^<]*)</{tag}>", text)
    prefix = "route53:ChangeResourceRecordSets"
    context = {
        f"{prefix}NormalizedRecordNames": [name.rstrip(".").lower() for name in all_of("Name")],
        f"{prefix}RecordTypes": all_of("Type"),
        f"{prefix}Actions": all_of("Action"),
    }
    return prefix, arn, context


def is_allowed(host, action, resource, context={}):
    """Whether the role of a host allows an action; the decision is recorded."""
    facts = known_of(host, action, resource) | context
    allowed = any(permits(statement, action, resource, facts) for statement in host["statements"])
    note("calls.jsonl", {"host": host["instance_id"], "action": action, "resource": resource, "allowed": allowed})
    return allowed


def listed(value):
    return value if isinstance(value, list) else [value]


def known_of(host, action, resource):
    """The condition keys of a request: what IAM knows in addition to the action and the resource."""
    region = "us-east-1"
    facts = {
        "aws:CurrentTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "ec2:SourceInstanceARN": f"arn:aws:ec2:{region}:000000000000:instance/{host['instance_id']}",
    }
    if action.startswith("secretsmanager:"):
        # A secret may be named instead of its ARN, which ends in six characters more.
        name = resource.rpartition("-")[0]
        secrets = [secret for path in (STATE / "secrets").glob("*.json") for secret in load(path).items()]
        tags = next((tags for arn, tags in secrets if arn.rpartition("-")[0] == name), {})
        facts |= {f"aws:ResourceTag/{tag}": value for tag, value in tags.items()}
    return facts


def holds(operator, actual, wanted):
    """Whether a value of a request matches a condition."""
    every = operator.startswith("ForAllValues:")
    operator = operator.removeprefix("ForAllValues:")
    compare = {
        "StringEquals": lambda one, other: one == other,
        "StringLike": fnmatch.fnmatchcase,
        "ArnEquals": fnmatch.fnmatchcase,
        "ArnLike": fnmatch.fnmatchcase,
        # Times of one form are in the order of their letters.
        "DateLessThanEquals": lambda one, other: one <= other,
    }[operator]
    if actual is None:
        return every
    return all(any(compare(one, other) for other in listed(wanted)) for one in listed(actual))


def permits(statement, action, resource, facts):
    conditions = statement.get("Condition", {})
    return (
        statement["Effect"] == "Allow"
        and any(fnmatch.fnmatchcase(action, pattern) for pattern in listed(statement["Action"]))
        and any(fnmatch.fnmatchcase(resource, pattern) for pattern in listed(statement["Resource"]))
        and all(
            holds(operator, facts.get(key), wanted)
            for operator, keys in conditions.items()
            for key, wanted in keys.items()
        )
    )


INSTANCES = ec2.Ec2(STATE, is_allowed)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    hops = None

    def server_bind(self):
        if self.hops:
            self.socket.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, self.hops)
        super().server_bind()


class NearServer(Server):
    hops = 1


threading.Thread(target=NearServer(("169.254.169.254", 80), Metadata).serve_forever, daemon=True).start()
# A server that takes connections and never answers.
silent = socket.create_server(("0.0.0.0", 4002), backlog=100)
registry = Server((socket.gethostbyname(socket.gethostname()), 80), ecr.handler(Handler, is_allowed))
threading.Thread(target=registry.serve_forever, daemon=True).start()
threading.Thread(target=acme.serve, args=(STATE, EMULATOR), daemon=True).start()
Server(("0.0.0.0", 4566), Services).serve_forever()
