"""More than 500 KB go through a run in two large fields of one record; no row has 50 KB."""

import json
import sys

from home import must, run_test

LIMIT = 50_000

WORKFLOW = """name: two-fields
variables:
  - {name: photos, type: string, required: true}
  - {name: letters, type: string, required: true}
nodes:
  - {id: made, expression: "{photos: photos, letters: upper(letters), order: 7}", output: record}
  - {id: lengths, expression: "[len(record.photos), len(record.letters)]"}
  - {id: counted, run: wc -c, stdin: "${record.letters}"}
  - {id: again, input: record, expression: input}
return: {record: "${again}", lengths: "${lengths}", counted: "${int(trim(counted))}"}
"""


def test(home):
    photos = "\n".join(map(str, range(1_000_000, 1_040_000)))
    letters = "".join(chr(ord("a") + n * n % 23) for n in range(300_000))
    given = []
    for name, text in (("photos", photos), ("letters", letters)):
        given += ["--input", f"{name}=@{home.write(name, text)}"]
    workflow = home.write("two-fields.yaml", WORKFLOW)
    home.call("exec", "run", workflow, "--quiet", "--output", "json", *given)
    result = json.loads(home.call("exec", "show", "@latest", "--result"))
    record = {"photos": photos, "letters": letters.upper(), "order": 7}
    lengths = [len(photos), len(letters)]
    must(sum(lengths) > 500_000, "the fields are too short for this test")
    expected = {"record": record, "lengths": lengths, "counted": len(letters)}
    must(result == expected, f"another result: {json.dumps(result)[:200]}")
    longest = home.must_have_small_rows(LIMIT)
    print(f"{sum(lengths)} bytes in two fields; the longest row has {longest}")


if __name__ == "__main__":
    run_test(sys.argv[1], test)
