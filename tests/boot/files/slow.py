"""Clients without a login: each opens a TLS connection, sends headers of many kilobytes, and then a
byte now and then, for half a minute.

usage: slow.py ADDRESS PORT NAME CLIENTS KILOBYTES
"""

import asyncio
import resource
import ssl
import sys
import time

address, port, name, clients, kilobytes = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
counts = {"connected": 0, "turned away": 0}


async def client(end):
    try:
        reader, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname=name, ssl_handshake_timeout=120)
        counts["connected"] += 1
        # As much as the proxy takes, and then the rest.
        for part in (15, kilobytes - 15):
            writer.write(f"GET / HTTP/1.1\r\nHost: {name}\r\n".encode() * (part == 15) + b"X: " + b"a" * (part * 1024 - 200))
            await writer.drain()
            while time.time() < end - 10 * (part == 15):
                try:
                    if not await asyncio.wait_for(reader.read(100), 3):
                        return
                except asyncio.TimeoutError:
                    writer.write(b"a")
                    await writer.drain()
    except OSError:
        counts["turned away"] += 1


async def main():
    end = time.time() + 30
    await asyncio.gather(*(client(end) for _ in range(clients)))
    print(", ".join(f"{count} {what}" for what, count in counts.items()))


asyncio.run(main())
