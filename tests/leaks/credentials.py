#!/usr/bin/env python3
"""Sets, rotates, exports and imports credentials, and looks for their values wherever they must not
be: under the home, in what the commands say, in what other users see of their processes."""

import os
import pathlib
import secrets
import sys
import tempfile

from leaks import Search

FIRST = 'first "value" ?/+& of ~ä %d' % secrets.randbits(64)
SECOND = 'second?value/with+signs&and~ö %d' % secrets.randbits(64)
FIELD = "field-of-a-structured-value/%d" % secrets.randbits(64)
PASSPHRASE = "four words without sense %d" % secrets.randbits(64)


def environment_of(home, given):
    return {**os.environ, "GOFLOW_HOME": str(home), "GOFLOW_KEYRING": "file",
            "GOFLOW_KEYRING_KEY_FILE": str(given / "key")}


def write_private(path, text):
    path.write_text(text)
    path.chmod(0o600)


def use_credentials(search, here, there, given):
    """Every way in which a value comes in, and the one in which it goes out."""
    words = ["--passphrase-file", str(given / "words")]
    search.run_quietly("cred", "set", "token", given=FIRST.encode(), environment=here)
    search.run_quietly("cred", "set", "from-file", "--from-file", str(given / "value"),
                       environment=here)
    search.run_quietly("cred", "set", "from-env", "--from-env", "VALUE",
                       environment={**here, "VALUE": FIRST})
    search.run_quietly("cred", "set", "db", "--structured", "--json",
                       given=('{"user":"ann","password":"%s"}' % FIELD).encode(), environment=here)
    search.run_quietly("cred", "rotate", "token", "--json", given=SECOND.encode(), environment=here)
    search.run_quietly("cred", "rotate", "db", given=FIRST.encode(), expected=2, environment=here)
    search.run_quietly("cred", "set", "token", FIRST, expected=2, environment=here, tells=True)
    search.run_quietly("cred", "list", "--json", environment=here)
    search.run_quietly("cred", "export", "keys.goflow", *words, "--json", environment=here)
    search.run_quietly("cred", "import", "keys.goflow", *words, environment=there)
    search.run_quietly("cred", "import", "keys.goflow", *words, expected=6, environment=there)
    search.run_quietly("cred", "rotate", "token", "--undo", environment=here)
    return [search.run("cred", "get", "token", environment=who).decode() for who in (here, there)]


def main():
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as outside:
        given = pathlib.Path(outside)
        write_private(given / "key", secrets.token_hex(32))
        write_private(given / "words", PASSPHRASE)
        write_private(given / "value", FIRST)
        search = Search(goflow, folder, {"the first value": FIRST, "the second value": SECOND,
                                         "the field": FIELD, "the passphrase": PASSPHRASE})
        here = environment_of(search.folder / "here", given)
        there = environment_of(search.folder / "there", given)
        values = use_credentials(search, here, there, given)
        if values != [FIRST, SECOND]:
            search.faults.append("what was stored does not come back")
        search.look_at_files()
        search.finish()


if __name__ == "__main__":
    main()
