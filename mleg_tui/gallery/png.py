"""Snapshots as PNG, to look at: how text is drawn depends on the fonts of the machine."""

from __future__ import annotations

from importlib.util import find_spec

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_


class NoPng(Refused):
    """What draws PNG is not installed."""

    message = N_("Do obrazów PNG brakuje biblioteki resvg-py.")
    advice = N_("Zainstaluj: pip install 'mleg-tui[images]', albo użyj --format svg.")


def check_available() -> None:
    """Raise ``NoPng`` where PNG cannot be drawn."""
    if find_spec("resvg_py") is None:
        raise NoPng


def png(svg: str) -> bytes:
    """Draw a picture's SVG."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(svg_string=svg, monospace_family="DejaVu Sans Mono")
    return bytes(drawn)
