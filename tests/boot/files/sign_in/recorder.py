"""Stands behind the door of a workspace: records each request that gets there, as it is, and answers it.

usage: recorder.py ADDRESS PORT FILE
"""
import socketserver
import sys
import threading

address, port, path = sys.argv[1:]
lock = threading.Lock()


class Request(socketserver.StreamRequestHandler):
    def head(self):
        lines = []
        while line := self.rfile.readline(65536):
            lines.append(line)
            if line in (b"\r\n", b"\n"):
                return b"".join(lines)
        return b""

    def handle(self):
        while head := self.head():
            low = head.lower()
            with lock, open(path, "ab") as file:
                file.write(head + b"\0\n")
            if b"\nupgrade:" in low:
                self.wfile.write(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Reached: yes\r\n\r\n")
                while self.rfile.read1(4096):
                    pass
                return
            self.body(low)
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nX-Reached: yes\r\n\r\nREACHED\n")

    def body(self, low):
        if b"\ntransfer-encoding:" in low:
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                self.rfile.read(size + 2)
            self.rfile.readline()
        elif b"\ncontent-length:" in low:
            self.rfile.read(int(low.split(b"\ncontent-length:")[1].split(b"\r\n")[0]))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server((address, int(port)), Request).serve_forever()
