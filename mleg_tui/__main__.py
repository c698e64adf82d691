"""The entry point: as little as possible stands between the command and its work."""

from __future__ import annotations

import gc
import os
import sys

from mleg_tui import splash

INTERRUPTED = 130


def run() -> None:
    """Obey the command line and exit with its status.

    Collecting garbage while modules load only costs time; whoever shows a screen enables it again
    after the first paint, and a plain command is over before it would pay.
    """
    gc.disable()
    splash.show(sys.argv[1:], os.environ)
    try:
        from mleg_tui.cli import main  # noqa: PLC0415 - loaded with the collector off

        status = main(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
        # Where it came while a dataclass was made, Python would end by the signal in spite of this,
        # unless some other code that is text has run since.
        exec("")  # noqa: S102 - nothing
    finally:
        splash.take_down()
    sys.exit(status)


if __name__ == "__main__":
    run()
