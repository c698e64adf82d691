"""The entry point: as little as possible stands between the command and its work."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130


def run() -> None:
    """Obey the command line and exit with its status.

    Collecting garbage while modules load only costs time; whoever shows a screen enables it again
    after the first paint, and a plain command is over before it would pay.
    """
    gc.disable()
    try:
        from mleg_tui.cli import main  # noqa: PLC0415 - loaded with the collector off

        status = main(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    run()
