"""The page in a browser: Textual's driver for it, with our way of reading."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.message import Message

from mleg_tui.textual_internals.ending import LastResort, own_process
from mleg_tui.textual_internals.feed import Handover

if TYPE_CHECKING:
    from mleg_tui.textual_internals.app import CalmApp

log = logging.getLogger("mleg_tui.keyboard")


class PageDriver(WebDriver):
    """For a process whose pipes lead to the page's server."""

    def __init__(self, app: CalmApp, **given: Any) -> None:
        super().__init__(app, **given)
        self._last_resort = LastResort(app.outcome)

    def start_application_mode(self) -> None:
        """Take the page over."""
        app = cast("CalmApp", self._app)
        self._handover = Handover(app, self.process_message, self.exit_event)
        super().start_application_mode()
        own_process(app)

    def insist(self) -> None:
        """End the process some time from now, if it has not ended by itself."""
        self._last_resort.arm()

    def send_message(self, message: Message) -> None:
        """Hand a message to the app, on whose loop it was made."""
        self._app.post_message(message)

    def disable_input(self) -> None:
        """Hear nothing more."""
        self._handover.close()
        super().disable_input()

    def run_input_thread(self) -> None:
        """Bring what is typed, and obey what the server says beside it."""
        packets = ByteStream()
        for data in self._input_reader:
            for kind, payload in packets.feed(data) if data else ():
                if kind == "D":
                    self._handover.bring(payload)
                else:
                    self._obey(kind, payload)

    def _obey(self, kind: str, payload: bytes) -> None:
        try:
            self._on_meta(kind, payload)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next one is another
            log.info("a packet that cannot be understood: %s", type(error).__name__)
