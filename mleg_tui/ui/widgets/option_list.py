"""Options in a list."""

from __future__ import annotations

from textual.widgets import OptionList


class MlegOptionList(OptionList):
    """A list whose pages can be turned also while nothing of it is seen.

    Textual knows no line of a list that has no room, such as a menu that is sliding away.
    """

    def action_page_up(self) -> None:
        """Go up by what is seen at once."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go down by what is seen at once."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
