#!/usr/bin/env python3
"""An MCP server on stdin and stdout whose tools do what servers should not do, too.

    mcp_server.py [--greets WORD] [--pages] [--lingers] [--also TOOL]

--greets: "silently" (never answers), "nobody" (an error), "strangely" (of another protocol),
"toolless". --pages: tells its tools one by one. --lingers: outlives the end of its input. --also:
has this tool, too, which gives back what it is given.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time

TEXT = {"type": "string"}
TYPES = {"type": "object", "properties": {
    "text": TEXT, "number": {"type": "number"}, "whole": {"type": "integer"},
    "truth": {"type": "boolean"}, "any": {}, "either": {"type": ["number", "null"]},
    "texts": {"type": "array", "items": TEXT},
    "inner": {"type": "object", "properties": {"number": {"type": "number"}}}}}


class Refusal(Exception):
    pass


class Server:
    def __init__(self, options):
        self.options = options
        self.calls = 0
        self.cancelled = []
        self.answers = {}  # of the client, by id
        self.tools = {name: {"type": "object"} for name in (
            "ask", "calls", "cancelled", "change", "chatter", "die", "environment", "fail", "flood",
            "mute", "nothing", "picture", "refuse", "sleep", "structured", "texts", "wait_for")}
        self.tools["echo"] = {"type": "object", "properties": {"text": TEXT}}
        self.tools["types"] = TYPES
        if options.also:
            self.tools[options.also] = {"type": "object"}
            setattr(self, "tool_" + options.also, self.tool_types)
        self.lock = threading.Lock()

    def send(self, message):
        with self.lock:
            sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
            sys.stdout.flush()

    def serve(self):
        for line in sys.stdin:
            message = json.loads(line)
            if "method" not in message:
                self.answers[message["id"]] = message.get("result", message.get("error"))
            elif "id" in message:
                threading.Thread(target=self.answer, args=[message], daemon=True).start()
            elif message["method"] == "notifications/cancelled":
                self.cancelled.append(message["params"]["requestId"])

    def answer(self, request):
        act = {"initialize": self.greet, "tools/list": self.tell_tools, "tools/call": self.call}
        try:
            result = act[request["method"]](request["params"])
        except Refusal as refusal:
            self.send({"id": request["id"], "error": {"code": -32602, "message": str(refusal)}})
        else:
            if result is not None:
                self.send({"id": request["id"], "result": result})

    def greet(self, parameters):
        greets = self.options.greets
        if greets == "silently":
            return None
        if greets == "nobody":
            raise Refusal("not today")
        version = "1989-01-01" if greets == "strangely" else parameters["protocolVersion"]
        capabilities = {} if greets == "toolless" else {"tools": {}}
        return {"protocolVersion": version, "capabilities": capabilities,
                "serverInfo": {"name": "test", "version": "1"}}

    def tell_tools(self, parameters):
        tools = [{"name": name, "inputSchema": schema} for name, schema in self.tools.items()]
        if not self.options.pages:
            return {"tools": tools}
        place = int(parameters.get("cursor", 0))
        page = {"tools": tools[place:place + 1]}
        return {**page, "nextCursor": str(place + 1)} if place + 1 < len(tools) else page

    def call(self, parameters):
        self.calls += 1
        return getattr(self, "tool_" + parameters["name"])(**parameters.get("arguments", {}))

    def tool_ask(self):
        """What the client answers to questions of ours."""
        for number, method in enumerate(("ping", "roots/list")):
            self.send({"id": f"of-the-server-{number}", "method": method})
        while len(self.answers) < 2:
            time.sleep(0.01)
        return text(json.dumps(self.answers))

    def tool_calls(self):
        return text(f"{os.getpid()} {self.calls}")

    def tool_cancelled(self):
        return text(json.dumps(self.cancelled))

    def tool_change(self):
        self.tools["tool_calls_again"] = {"type": "object"}
        self.tool_tool_calls_again = self.tool_calls
        self.send({"method": "notifications/tools/list_changed"})
        return text("changed")

    def tool_chatter(self):
        with self.lock:
            print("Starting up, please wait", flush=True)
        return text("said")

    def tool_die(self, by="code"):
        print("the last words\nof the server", file=sys.stderr, flush=True)
        if by == "signal":
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(7)

    def tool_mute(self):
        print("no more from me", file=sys.stderr, flush=True)
        os.close(1)
        time.sleep(60)

    def tool_echo(self, text):
        return globals()["text"](text)

    def tool_environment(self, names):
        return text(json.dumps({name: os.environ.get(name) for name in names}))

    def tool_fail(self, why=None):
        return {**(text(why) if why else {"content": []}), "isError": True}

    def tool_flood(self):
        while True:
            sys.stdout.write("x" * 1000000)

    def tool_nothing(self):
        return {}

    def tool_picture(self):
        return {"content": [{"type": "image", "data": "aGk=", "mimeType": "image/png"}]}

    def tool_refuse(self):
        raise Refusal("invalid arguments: none are good enough")

    def tool_sleep(self, seconds):
        time.sleep(seconds)
        return text("slept")

    def tool_structured(self, content):
        return {**text("for the eye"), "structuredContent": content}

    def tool_texts(self, texts):
        return {"content": [{"type": "text", "text": text} for text in texts]}

    def tool_wait_for(self, file):
        while not os.path.exists(file):
            time.sleep(0.01)
        return text(f"{file} is there")

    def tool_types(self, **arguments):
        return text(json.dumps(arguments))


def text(content):
    return {"content": [{"type": "text", "text": content}]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--greets", default="well")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--lingers", action="store_true")
    parser.add_argument("--also")
    options = parser.parse_args()
    if options.lingers:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Server(options).serve()
    while options.lingers:
        time.sleep(1)
    # A thread that still writes would keep the interpreter from ending.
    os._exit(0)


if __name__ == "__main__":
    main()
