"""What is measured, a row each, and how a table of them looks."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    what: str
    ours: str
    bound: str = "-"
    ratio: str = "-"
    bar: str = "-"
    verdict: str = "-"


def shown(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def verdict(is_kept):
    return "ok" if is_kept else "missed"


def beside(what, comparison, count=1):
    """`count`: how many steps both did, when the time of one is to be shown."""
    return Row(
        what,
        shown(comparison.ours.seconds / count),
        shown(comparison.bound.seconds / count),
        f"{comparison.ratio:.2f}x",
    )


def at_most(what, comparison, bar, count=1):
    is_kept = comparison.ratio <= bar
    row = beside(what, comparison, count)
    return dataclasses.replace(row, bar=f"<= {bar}x", verdict=verdict(is_kept))


def beyond(what, comparison, limit_seconds, count):
    """What it costs more than its bound, for each of so many."""
    more = (comparison.ours.seconds - comparison.bound.seconds) / count
    row = beside(what, comparison, count)
    bar = f"<= {shown(limit_seconds)} more"
    return dataclasses.replace(row, bar=bar, verdict=verdict(more <= limit_seconds))


def at_least_mb_per_second(what, comparison, megabytes, bar):
    is_kept = megabytes / comparison.ours.seconds >= bar
    row = beside(what, comparison)
    return dataclasses.replace(row, bar=f">= {bar} MB/s", verdict=verdict(is_kept))


def within(what, ours, limit_seconds):
    return Row(
        what,
        shown(ours.seconds),
        bar=f"<= {shown(limit_seconds)}",
        verdict=verdict(ours.seconds <= limit_seconds),
    )


def table(rows):
    cells = [["what", "ours", "bound", "ratio", "bar", ""]]
    cells += [list(dataclasses.astuple(row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
        for line in cells
    )
