#!/usr/bin/env python3
"""The tools of mcp_server.py behind addresses.

    mcp_http_server.py    prints its port, serves until its stdin is closed

/mcp answers with streams of events, /json with messages, both in sessions; /lasting is like /mcp,
but does not end its streams. /open knows no sessions, and tells several messages at once.
/sse is a server of the older kind, and so are /elsewhere, which wants messages at another host, and
/short, which ends after its first word.
/moved, /broken, /words and /guarded (by "Bearer open sesame") are what else there is in the world.
What was heard is told by /heard.
"""

import argparse
import http.server
import json
import queue
import sys
import threading

from mcp_server import Server as Tools, text


class Conversation(Tools):
    """With one client. What it says goes where the question came from."""

    def __init__(self):
        super().__init__(argparse.Namespace(greets="well", pages=False, lingers=False, also=None))
        self.place = threading.local()
        for tool in ("broken", "forget", "half", "headers", "leave"):
            self.tools[tool] = {"type": "object"}

    def send(self, message):
        self.place.say({"jsonrpc": "2.0", **message})

    def hear(self, message, say, headers):
        self.place.say = say
        self.place.headers = headers
        if "method" not in message:
            self.answers[message["id"]] = message.get("result", message.get("error"))
        elif "id" in message:
            self.answer(message)
        elif message["method"] == "notifications/cancelled":
            self.cancelled.append(message["params"]["requestId"])

    def tool_forget(self):
        """Of the older kind: the stream has ended before."""

    def tool_headers(self, names):
        """What the question came with."""
        return text(json.dumps([self.place.headers.get(name) for name in names]))

    def tool_leave(self):
        """No answer, although the connection ends well."""

    def tool_half(self):
        """The second half of an answer is missing."""
        raise ConnectionAbortedError


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_anything(self):
        path = self.path.partition("?")[0]
        length = int(self.headers.get("Content-Length", 0))
        self.message = json.loads(self.rfile.read(length) or b"null")
        if path != "/heard":
            self.server.heard.append({
                "request": f"{self.command} {self.path}",
                "method": (self.message or {}).get("method"),
                "session": self.headers.get("Mcp-Session-Id"),
                "version": self.headers.get("MCP-Protocol-Version"),
                "accept": self.headers.get("Accept"),
                "team": self.headers.get("X-Team")})
        getattr(self, "page_" + path.strip("/"))()

    do_GET = do_POST = do_DELETE = do_anything

    def respond(self, status, body=b"", content_type="application/json", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, words):
        error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32000, "message": words}}
        self.respond(status, json.dumps(error).encode())

    # Streamable HTTP.

    def page_mcp(self):
        self.converse(self.answer_with_stream)

    def page_lasting(self):
        self.converse(self.answer_with_stream)
        if self.close_connection:  # that was a stream
            self.server.end.wait()

    def page_json(self):
        self.converse(self.answer_with_message)

    def page_open(self):
        self.answer_with_message(self.server.open, [])

    def page_guarded(self):
        if self.headers.get("Authorization") != "Bearer open sesame":
            return self.refuse(401, "who are you?")
        self.page_mcp()

    def converse(self, answer):
        session = self.headers.get("Mcp-Session-Id")
        if session is None and self.message["method"] == "initialize":
            session = f"session-{len(self.server.sessions) + 1}"
            self.server.sessions[session] = Conversation()
            return answer(self.server.sessions[session], [("Mcp-Session-Id", session)])
        if session is None:
            return self.refuse(400, "no session")
        if session not in self.server.sessions:
            return self.refuse(404, "no such session")
        if self.command == "DELETE":
            del self.server.sessions[session]
            return self.respond(204)
        if self.calls("forget"):
            del self.server.sessions[session]
            return self.refuse(404, "no such session")
        if self.calls("broken"):
            return self.refuse(503, self.excuse())
        answer(self.server.sessions[session], [])

    def excuse(self):
        """Some servers say more than they should."""
        identity = self.headers.get("Authorization")
        return f"come back later, {identity}" if identity else "come back later"

    def calls(self, tool):
        message = self.message or {}
        return message.get("method") == "tools/call" and message["params"]["name"] == tool

    def answer_with_message(self, conversation, headers):
        said = []
        conversation.hear(self.message, said.append, self.headers)
        if "id" not in self.message:
            return self.respond(202, headers=headers)
        body = said if self.path == "/open" else said[-1] if said else None
        self.respond(200, json.dumps(body).encode() if body else b"", headers=headers)

    def answer_with_stream(self, conversation, headers):
        if "id" not in self.message or "method" not in self.message:
            conversation.hear(self.message, None, self.headers)
            return self.respond(202, headers=headers)
        self.begin_stream(headers)
        try:
            conversation.hear(self.message, self.say, self.headers)
        except ConnectionAbortedError:
            self.wfile.write(b"data: {")
        self.close_connection = True

    def begin_stream(self, headers=()):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def say(self, message, kind="message"):
        data = message if isinstance(message, str) else json.dumps(message, indent=1)
        lines = "".join(f"data: {line}\r\n" for line in data.split("\n"))
        self.wfile.write(f": not to be missed\r\nevent: {kind}\r\n{lines}\r\n".encode())
        self.wfile.flush()

    # As it was before.

    def page_sse(self):
        self.listen(lambda session: f"/messages?session={session}")

    def page_elsewhere(self):
        self.listen(lambda session: f"http://localhost:{self.server.port}/messages?session={session}")

    def listen(self, endpoint):
        session = f"session-{len(self.server.streams) + 1}"
        stream = self.server.streams[session] = queue.Queue()
        self.server.sessions[session] = Conversation()
        self.begin_stream()
        self.say(endpoint(session), "endpoint")
        while (message := stream.get()) is not None:
            self.say(message)
        self.close_connection = True

    def page_short(self):
        self.begin_stream()
        self.say("/messages?session=none", "endpoint")
        self.close_connection = True

    def page_messages(self):
        session = self.path.partition("=")[2]
        if self.calls("broken"):
            return self.refuse(503, self.excuse())
        stream = self.server.streams[session]
        if self.calls("forget"):
            stream.put(None)
        self.respond(202, b"Accepted", "text/plain")
        threading.Thread(
            target=self.server.sessions[session].hear,
            args=[self.message, stream.put, self.headers], daemon=True).start()

    # What else there is.

    def page_moved(self):
        self.respond(307, headers=[("Location", "/mcp")])

    def page_broken(self):
        self.respond(500, b"<h1>no</h1>", "text/html")

    def page_words(self):
        self.respond(200, b"welcome", "text/plain")

    def page_heard(self):
        self.respond(200, json.dumps(self.server.heard).encode())

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard = []
        self.sessions = {}  # conversations, by name
        self.streams = {}  # what the older kind of server has to say
        self.open = Conversation()
        self.end = threading.Event()  # never comes
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """A client that goes away is no news."""


def main():
    print(Server().port, flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
