"""What the programs share that kill goflow at random: a seed, to repeat it by, and a complaint."""

import argparse
import pathlib
import random


class Fault(Exception):
    """goflow broke its promise."""


def must(holds, message):
    if not holds:
        raise Fault(message)


def arguments(description, **defaults):
    """--goflow, --seed and one option for each default, of its type; says the seed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--goflow", type=pathlib.Path, required=True)
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parsed = parser.parse_args()
    parsed.goflow = parsed.goflow.resolve()
    print(f"seed {parsed.seed}", flush=True)
    return parsed
