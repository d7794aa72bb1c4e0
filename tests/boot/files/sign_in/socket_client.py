"""Opens a WebSocket with a cookie, waits until the server ends it, and prints how many seconds that took.

usage: socket_client.py ADDRESS PORT HOST AUTHORITY PATH READY < COOKIE
"""
import socket
import ssl
import sys
import time

address, port, host, authority, path, ready = sys.argv[1:]
cookie = sys.stdin.read().strip()
connection = ssl.create_default_context(cafile=authority).wrap_socket(
    socket.create_connection((address, int(port)), 20), server_hostname=host
)
connection.settimeout(300)
connection.sendall(
    f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
)
answer = connection.recv(65536)
if b" 101 " not in answer.split(b"\r\n")[0]:
    sys.exit(answer.split(b"\r\n")[0].decode())
with open(ready, "w"):
    pass
while answer := connection.recv(65536):
    pass
print(time.time())
