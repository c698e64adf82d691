"""Send the program what nobody should send it, and see that it lives.

``nice -n 19 python -m tests.fuzz --seconds 600 [--seed TEXT] [--page NAME]``

Prints each run's page and seed, which give the same noise again, and what was found.
"""

from __future__ import annotations

import argparse
import secrets
import sys

from tests.fuzz.runs import PAGES, Found, fuzz


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--page", choices=PAGES)
    given = parser.parse_args()
    pages = [given.page] if given.page else [*PAGES]
    sys.stdout.write(f"seed {given.seed}\n")
    faults = 0
    for found in fuzz(given.seed, given.seconds, pages):
        sys.stdout.write(f"{_told(found)}\n")
        sys.stdout.flush()
        faults += found.fault is not None
    return 1 if faults else 0


def _told(found: Found) -> str:
    told = (
        f"{found.page:10} --seed {found.seed:14} {found.seconds:4.0f} s  {found.sent / 1e6:6.2f} MB"
        f"  {found.answers:3} answers, {found.slowest:4.1f} s at most  {found.memory:4.0f} MB"
    )
    return told if found.fault is None else f"{told}\n  FAULT: {found.fault}"


if __name__ == "__main__":
    sys.exit(main())
