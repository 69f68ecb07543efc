"""A web server with the manners, good and bad, that clients have to live with.

    http_server.py [--tls FOLDER]    prints its port, serves until its stdin is closed

With --tls it makes itself a certificate, FOLDER/certificate.pem, that nobody else trusts.
"""

import collections
import email.utils
import http.server
import json
import os
import pathlib
import select
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import urllib.parse


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_anything(self):
        address = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(address.query))
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if address.scheme:  # asked as a proxy
            return self.answer_json({"proxied": self.path})
        self.words = address.path.strip("/").split("/")
        page = getattr(self, "page_" + self.words[0].replace("-", "_"), None)
        if page is None:
            return self.answer(404, b"no such page\n", "text/plain")
        page()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_anything

    def answer(self, status, body, content_type, headers=()):
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer_json(self, value, status=200, headers=()):
        self.answer(status, json.dumps(value).encode(), "application/json", headers)

    # What it is asked for, by the first word of the path.

    def page_json(self):
        self.answer_json({"n": 7, "names": ["ann", "bo"]})

    def page_echo(self):
        self.answer_json({
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.body.decode("utf-8", "replace"),
        })

    def page_status(self):
        status = int(self.words[1])
        body = self.query.get("body", f"status {status}\n").encode()
        self.answer(status, body * int(self.query.get("times", 1)), "text/plain")

    def page_nothing(self):
        self.answer(200, b"", "application/json")

    def page_broken_json(self):
        self.answer(200, b'{"n": ', "application/problem+json; charset=utf-8")

    def page_latin1(self):
        self.answer(200, b"caf\xe9", "text/plain", [("X-Name", "caf\u00e9")])

    def page_cookies(self):
        self.answer(200, b"", None, [("Set-Cookie", "a=1"), ("X-Tag", "one"),
                                     ("Set-Cookie", "b=2"), ("x-tag", "two")])

    def page_size(self):
        self.answer(200, b"x" * int(self.query["bytes"]), "text/plain")

    def page_endless(self):
        """More and more, without saying how much it will be."""
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.server.left.set()
            self.close_connection = True

    def page_slow(self):
        """Nothing, until the client has given up."""
        self.server.reached.set()
        self.connection.settimeout(60)
        try:
            gave_up = self.connection.recv(1) == b""
        except OSError:
            gave_up = True
        if gave_up:
            self.server.left.set()
        self.close_connection = True

    def page_left(self):
        """Whether a client has gone from a page that would not end; waits for it."""
        self.answer_json(self.server.left.wait(10))

    def page_reached(self):
        """Waits until a client has come to the slow page."""
        self.answer_json(self.server.reached.wait(10))

    def page_cut(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def page_hang_up(self):
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def page_brief(self):
        """Seems to keep the connection, but resets it when asked for more."""
        self.answer_json({"port": self.client_address[1]})
        select.select([self.connection], [], [], 10)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())  # at once: without the farewell that close() would send
        self.close_connection = True

    def page_garbage(self):
        """Something that speaks first, and no HTTP."""
        self.wfile.write(b"garbage\r\n\r\n")
        self.close_connection = True

    def page_redirect(self):
        """/redirect?to=URL&status=302, or /redirect/3: so many before the echo."""
        to = self.query.get("to")
        if to is None:
            left = int(self.words[1])
            to = f"/redirect/{left - 1}" if left > 1 else "/echo"
        self.answer(int(self.query.get("status", 302)), b"over there", "text/plain",
                    [("Location", to)])

    def page_flaky(self):
        """Fails `times` times with `status`; each `key` is counted for itself."""
        with self.server.lock:
            self.server.calls[self.query["key"]] += 1
            call = self.server.calls[self.query["key"]]
        if call > int(self.query.get("times", 1)):
            return self.answer_json({"call": call})
        headers = []
        if "retry_after" in self.query:
            headers.append(("Retry-After", self.query["retry_after"]))
        if "retry_in" in self.query:
            date = email.utils.formatdate(time.time() + int(self.query["retry_in"]), usegmt=True)
            headers.append(("Retry-After", date))
        self.answer(int(self.query.get("status", 503)), b"not now\n", "text/plain", headers)

    def page_together(self):
        """Answers nobody before `count` clients wait at the same time."""
        with self.server.lock:
            if self.server.meeting is None:
                self.server.meeting = threading.Barrier(int(self.query["count"]))
        self.server.meeting.wait(60)
        self.answer_json({"together": True})

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True

    def __init__(self, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.calls = collections.Counter()
        self.meeting = None
        self.reached = threading.Event()
        self.left = threading.Event()
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """A client that does not trust the certificate is no news."""


def make_certificate(folder):
    """A file with a key and the certificate of 127.0.0.1, signed by itself."""
    path = pathlib.Path(folder) / "certificate.pem"
    key = pathlib.Path(folder) / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", path, "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path.write_text(path.read_text() + key.read_text())
    return path


def main():
    tls = sys.argv[1:2] == ["--tls"]
    server = Server(make_certificate(sys.argv[2]) if tls else None)
    print(server.port, flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
