"""An issuer of certificates: the part of ACME (RFC 8555) that Traefik uses.

It signs with the authority of the proof, for whoever answers the challenge in DNS, which it looks
up in the emulator of Route 53. Signatures of requests are not verified. As long as the file
`acme-rejects` holds a number above zero, it counts down and a challenge fails.
"""

import base64
import http.server
import json
import pathlib
import re
import secrets
import ssl
import subprocess
import tempfile
import threading
import urllib.request

ADDRESS = "10.213.7.2"
PORT = 4001
BASE = f"https://{ADDRESS}:{PORT}"


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def serve(state, emulator):
    orders = {}
    lock = threading.Lock()

    class Issuer(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, status, body, kind="application/json", **headers):
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Replay-Nonce", secrets.token_urlsafe(16))
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def do_HEAD(self):
            self.answer(200, "")

        def do_GET(self):
            if self.path == "/nonce":
                return self.answer(204, "")
            self.answer(200, {"newNonce": f"{BASE}/nonce", "newAccount": f"{BASE}/account", "newOrder": f"{BASE}/order", "revokeCert": f"{BASE}/revoke", "keyChange": f"{BASE}/key"})

        def do_POST(self):
            message = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            payload = json.loads(decoded(message["payload"]) or b"null")
            try:
                with lock:
                    self.act(payload, *self.path.strip("/").split("/"))
            except (OSError, LookupError, subprocess.CalledProcessError) as error:
                self.answer(500, {"type": "urn:ietf:params:acme:error:serverInternal", "detail": repr(error)}, "application/problem+json")

        def act(self, payload, what, name=None):
            if what == "account":
                return self.answer(201, {"status": "valid"}, Location=f"{BASE}/account/1")
            if what == "order" and name is None:
                name = secrets.token_hex(4)
                orders[name] = {"names": [one["value"] for one in payload["identifiers"]], "status": "pending", "token": secrets.token_urlsafe(16)}
                return self.answer(201, self.order(name), Location=f"{BASE}/order/{name}")
            order = orders[name]
            if what == "order":
                return self.answer(200, self.order(name), Location=f"{BASE}/order/{name}")
            if what == "authorization":
                domain = order["names"][0]
                kept = "valid" if order["status"] in ("ready", "valid") else order["status"]
                body = {"status": kept, "identifier": {"type": "dns", "value": domain.removeprefix("*.")}, "challenges": [self.challenge(name)]}
                return self.answer(200, body | ({"wildcard": True} if domain.startswith("*.") else {}))
            if what == "challenge":
                if payload is not None:
                    order["status"] = "invalid" if rejects(state) or not is_answered(emulator, order["names"][0]) else "ready"
                return self.answer(200, self.challenge(name), Link=f'<{BASE}/authorization/{name}>;rel="up"')
            if what == "finalize":
                order["certificate"] = signed(state, decoded(payload["csr"]), ",".join(f"DNS:{one}" for one in order["names"]))
                order["status"] = "valid"
                return self.answer(200, self.order(name), Location=f"{BASE}/order/{name}")
            self.answer(200, order["certificate"], "application/pem-certificate-chain")

        def order(self, name):
            order = orders[name]
            body = {
                "status": order["status"],
                "identifiers": [{"type": "dns", "value": value} for value in order["names"]],
                "authorizations": [f"{BASE}/authorization/{name}"],
                "finalize": f"{BASE}/finalize/{name}",
            }
            return body | ({"certificate": f"{BASE}/certificate/{name}"} if order["status"] == "valid" else {})

        def challenge(self, name):
            order = orders[name]
            status = {"ready": "valid"}.get(order["status"], order["status"])
            body = {"type": "dns-01", "url": f"{BASE}/challenge/{name}", "token": order["token"], "status": status}
            if status == "invalid":
                body["error"] = {"type": "urn:ietf:params:acme:error:dns", "detail": "the issuer of this proof rejects", "status": 400}
            return body

    server = http.server.ThreadingHTTPServer((ADDRESS, PORT), Issuer)
    server.socket = encrypted(state).wrap_socket(server.socket, server_side=True)
    server.serve_forever()


def encrypted(state):
    """ACME clients only use HTTPS."""
    with tempfile.TemporaryDirectory() as folder:
        key, request, chain = (pathlib.Path(folder) / name for name in ("key", "request", "chain"))
        subprocess.run(
            ["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=issuer", "-keyout", key, "-outform", "DER", "-out", request],
            check=True, capture_output=True,
        )
        chain.write_text(signed(state, request.read_bytes(), f"IP:{ADDRESS}"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        return context


def rejects(state):
    """Whether a challenge is forced to fail."""
    file = pathlib.Path(state) / "acme-rejects"
    left = int(file.read_text()) if file.exists() else 0
    if left:
        file.write_text(str(left - 1))
    return left > 0


def is_answered(emulator, domain):
    """Whether some zone has the record of the challenge."""
    def read(path):
        # By this the emulator knows which service is meant.
        scope = "AWS4-HMAC-SHA256 Credential=issuer/20200101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=none"
        request = urllib.request.Request(f"{emulator}/2013-04-01/{path}", headers={"Authorization": scope})
        return urllib.request.urlopen(request).read().decode()

    name = f"_acme-challenge.{domain.removeprefix('*.')}."
    zones = re.findall(r"<HostedZone><Id>/hostedzone/([^<]+)</Id>", read("hostedzone"))
    return any(name in read(f"hostedzone/{zone}/rrset") for zone in zones)


def signed(state, request, names):
    """A certificate of the authority for these names, with its chain."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "request.der").write_bytes(request)
        (folder / "extensions").write_text(f"subjectAltName={names}")
        authority = pathlib.Path(state) / "authority"
        certificate = subprocess.run(
            ["openssl", "x509", "-req", "-inform", "DER", "-in", folder / "request.der", "-days", "20", "-set_serial", str(secrets.randbits(64)), "-CA", authority / "authority.pem", "-CAkey", authority / "authority-key.pem", "-extfile", folder / "extensions"],
            check=True, capture_output=True, text=True,
        ).stdout
        return certificate + (authority / "authority.pem").read_text()
