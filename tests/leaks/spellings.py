"""The ways in which a secret may show itself."""

import base64
import json
import urllib.parse


def forms_of(secret):
    """Each as bytes, with a word for it."""
    raw = secret.encode()
    forms = {"plain": raw, "hex": raw.hex().encode()}
    for ensure_ascii in (True, False):
        forms["JSON in ASCII" if ensure_ascii else "JSON"] = json.dumps(secret, ensure_ascii=ensure_ascii)[1:-1].encode()
    for line in secret.splitlines():
        forms[f"line '{line[:3]}…'"] = line.encode()
    for blank in (urllib.parse.quote, urllib.parse.quote_plus):
        encoded = blank(secret, safe="")
        forms[f"URL ({blank.__name__})"] = encoded.encode()
        forms[f"URL in lower case ({blank.__name__})"] = lower_escapes(encoded).encode()
    for shift in range(3):
        # Whole letters only: those at the ends belong to the neighbours as well.
        encoded = base64.b64encode(b"\0" * shift + raw)
        begin = (8 * shift + 5) // 6
        end = 8 * (shift + len(raw)) // 6
        forms[f"base64 at {shift}"] = encoded[begin:end]
        forms[f"base64 of URLs at {shift}"] = encoded[begin:end].translate(
            bytes.maketrans(b"+/", b"-_"))
    return forms


def lower_escapes(encoded):
    parts = encoded.split("%")
    return parts[0] + "".join("%" + part[:2].lower() + part[2:] for part in parts[1:])


def sightings(data, secrets):
    """Which secrets, and in which form, a text shows."""
    found = []
    for name, secret in secrets.items():
        found += [f"{name} ({form})" for form, shown in forms_of(secret).items() if shown in data]
    return found
