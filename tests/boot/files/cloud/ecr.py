"""A private registry of Amazon ECR: what the registry beside it has, for hosts that log in with the
password that they were given, and whose role may read the repository.
"""

import base64
import http.client
import json
import re
import secrets
import shutil
import time

ACCOUNT = "123456789012"
REGION = "us-east-1"
PASSWORD = secrets.token_hex(32)


def authorization():
    """The response of GetAuthorizationToken."""
    token = base64.b64encode(f"AWS:{PASSWORD}".encode()).decode()
    endpoint = f"https://{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
    data = {"authorizationToken": token, "expiresAt": time.time() + 12 * 3600, "proxyEndpoint": endpoint}
    return json.dumps({"authorizationData": [data]})


def handler(base, is_allowed):
    """`is_allowed` decides whether a host may perform an action on an ARN, and records it."""

    class Registry(base):
        def do_HEAD(self):
            self.serve()

        def do_GET(self):
            self.serve()

        def serve(self):
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            if given != base64.b64encode(f"AWS:{PASSWORD}".encode()).decode():
                return self.reply(401, {"WWW-Authenticate": 'Basic realm="ECR"'})
            asked = re.fullmatch(r"/v2/(.+)/(manifests|blobs)/[^/]+", self.path)
            if not asked:
                return self.reply(200, {})
            action = {"manifests": "ecr:BatchGetImage", "blobs": "ecr:GetDownloadUrlForLayer"}[asked[2]]
            arn = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{asked[1]}"
            if not is_allowed(self.host(), action, arn):
                return self.reply(403, {})
            registry = http.client.HTTPConnection("127.0.0.1", 5000)
            accept = {"Accept": ", ".join(self.headers.get_all("Accept", []))}
            registry.request(self.command, self.path, headers=accept)
            answer = registry.getresponse()
            self.send_response(answer.status)
            for name in ("Content-Type", "Content-Length", "Docker-Content-Digest"):
                if answer.headers.get(name):
                    self.send_header(name, answer.headers[name])
            self.end_headers()
            if self.command == "GET":
                shutil.copyfileobj(answer, self.wfile)

        def reply(self, status, headers):
            self.send_response(status)
            for name, value in (headers | {"Docker-Distribution-Api-Version": "registry/2.0"}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Registry
