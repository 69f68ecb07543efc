"""10 MB go through three steps, and are stored once; the history stays small."""

import hashlib
import json
import random
import sys

from home import must, run_test

SIZE = 10_000_000

WORKFLOW = """name: three-steps
variables: [{name: given, type: string, required: true}]
nodes:
  - {id: passed, input: given, expression: input}
  - {id: carried, input: passed, expression: "{body: input, status: 200}"}
  - {id: sum, run: sha256sum, stdin: "${carried.body}"}
return: {sum: "${trim(sum)}", body: "${carried.body}"}
"""


def text():
    """Like a log: it compresses, and no two parts of it are the same."""
    chance = random.Random(10)
    lines = []
    size = 0
    while size < SIZE:
        lines.append(f"2026-11-22 order {chance.randrange(10**9)} was sent to depot {chance.randrange(99)}")
        size += len(lines[-1]) + 1
    return "\n".join(lines)[:SIZE]


def test(home):
    payload = text()
    given = home.write("given.txt", payload)
    workflow = home.write("three-steps.yaml", WORKFLOW)
    home.call("exec", "run", workflow, "--quiet", "--output", "json", "--input", f"given=@{given}")
    result = json.loads(home.call("exec", "show", "@latest", "--result"))
    must(result["body"] == payload, "the value reads back changed")
    must(
        result["sum"] == hashlib.sha256(payload.encode()).hexdigest() + "  -",
        "a step was given another value")

    (blob,) = home.blobs()
    must(blob["stored_bytes"] < SIZE / 2, f"the blob has {blob['stored_bytes']} bytes")
    offloads = home.metrics()["offload_count"]
    must(offloads == 1, f"{offloads} values are counted as stored")
    must(
        home.call("blobs", "get", blob["key"]) == json.dumps(payload),
        "the blob is not the value as JSON")
    longest = home.must_have_small_rows()
    print(f"{SIZE} bytes are stored in {blob['stored_bytes']}; the longest row has {longest}")


if __name__ == "__main__":
    run_test(sys.argv[1], test)
