"""The document's rows as a screen draws them: values stand out, the validity is a chip."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from mleg_tui.domain.document import VALIDITY_LABELS
from mleg_tui.domain.order_status import Tone
from mleg_tui.domain.phone import Validity
from mleg_tui.locale import _
from mleg_tui.ui.widgets.chip import chip


def told_apart(rows: Iterable[str]) -> Content:
    """Return rows whose values stand out from what they are called."""
    return Content("\n").join(map(_row, rows))


def validity_chip(validity: Validity) -> Content:
    """Return the validity by sign, word and colour."""
    sign, _space, word = _(VALIDITY_LABELS[validity]).partition(" ")
    return chip(sign, word, Tone.GOOD if validity is Validity.VALID else Tone.BAD)


def status_line(validity: Validity) -> Content:
    """Return the row that tells the validity."""
    before, _field, after = _("Status: {status}").partition("{status}")
    return Content.assemble((before.rstrip(), "$quiet"), validity_chip(validity), after)


def _row(text: str) -> Content:
    name, colon, value = text.partition(": ")
    return Content.assemble((name + colon, "$quiet"), (value, "bold")) if colon else Content(text)
