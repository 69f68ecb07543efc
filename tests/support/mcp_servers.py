"""Where the MCP servers lie that others wrote: programs for node."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2] / "build" / "mcp-servers" / "node_modules"
EVERYTHING = ROOT / "@modelcontextprotocol" / "server-everything" / "dist" / "index.js"
FILESYSTEM = ROOT / "@modelcontextprotocol" / "server-filesystem" / "dist" / "index.js"
