// An app that a developer previews: it has a login, cookies and WebSockets of its own, and writes down every
// header that it gets.
import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";

const log = (request) =>
  appendFileSync(`${process.env.HOME}/app.log`, `${JSON.stringify([request.method, request.url, request.rawHeaders])}\n`);

const server = createServer((request, response) => {
  log(request);
  if (request.url === "/private" && request.headers.authorization !== "Bearer of-the-app") {
    response.writeHead(401, { "www-authenticate": "Bearer" }).end("the app asks for its token");
    return;
  }
  response.setHeader("set-cookie", "app=1; Path=/");
  response.end(`the app on ${server.address().port} got ${request.headers.cookie ?? "no cookie"}`);
});

server.on("upgrade", (request, socket) => {
  log(request);
  const accepted = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
  );
});

server.listen(Number(process.argv[2]), "127.0.0.1");
