#!/usr/bin/env python3
"""Runs a command while web servers run beside it.

    with-server COMMAND [ARGUMENT…]

Their addresses are in its environment: API, the same under another name in OTHER_API, and
SECURE_API, whose certificate is in the file CERTIFICATE and trusted by nobody. MCP_API has MCP
servers, see mcp_http_server.py.
"""

import os
import subprocess
import sys
import tempfile

import mcp_http_server
from http_server import Server, make_certificate


def main():
    with tempfile.TemporaryDirectory() as folder:
        certificate = make_certificate(folder)
        plain, secure = Server(), Server(certificate)
        environment = os.environ | {
            "API": f"http://127.0.0.1:{plain.port}",
            "OTHER_API": f"http://localhost:{plain.port}",
            "SECURE_API": f"https://127.0.0.1:{secure.port}",
            "CERTIFICATE": str(certificate),
            "MCP_API": f"http://127.0.0.1:{mcp_http_server.Server().port}",
        }
        code = subprocess.run(sys.argv[1:], env=environment).returncode
    sys.exit(128 - code if code < 0 else code)


if __name__ == "__main__":
    main()
