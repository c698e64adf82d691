"""An app that shows its argument as a QR code, for tests in a terminal."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult

from mleg_tui.ui.widgets.qr import QrView


class QrApp(App[None]):
    def compose(self) -> ComposeResult:
        yield QrView(sys.argv[1])


if __name__ == "__main__":
    QrApp().run()
