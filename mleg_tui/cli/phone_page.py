"""The document and its verification, as plain lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from mleg_tui.cli.documents import Document as Json
from mleg_tui.cli.documents import instant
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.phone import Document, Validity
from mleg_tui.domain.verification import Verification
from mleg_tui.locale import _
from mleg_tui.services.mobywatel import Shown
from mleg_tui.services.verification import Asked
from mleg_tui.ui.phone.rows import card_rows, person_rows, shown_row, status_row, updated_row


def shown_lines(what: Shown) -> Iterator[str]:
    """Yield the document as the phone shows it."""
    yield _(NOTICE)
    yield _("Legitymacja studencka")
    yield from _document(what.document, what.validity)
    yield shown_row(what.now)
    yield updated_row(what.document)


def shown_json(what: Shown) -> Json:
    """Return the document as the phone shows it."""
    return {
        "simulation": str(NOTICE),
        **_fields(what.document, what.validity),
        "shown_at": instant(what.now),
        "updated_at": instant(what.document.updated_at),
    }


def check_lines(check: Verification) -> Iterator[str]:
    """Yield a check: the code to tell the holder, and the result once it was shared."""
    yield _(NOTICE)
    yield _("Kod sprawdzenia: {code}").format(code=check.id)
    yield _("Czynny do: {moment}").format(moment=shown(check.ends_at))
    if check.document is None or check.validity is None:
        yield _("Okaziciel jeszcze nie udostępnił danych.")
    else:
        yield from _document(check.document, check.validity)


def check_json(check: Verification) -> Json:
    """Return a check; ``validity`` is null until the data were shared."""
    document, validity = check.document, check.validity
    return {
        "simulation": str(NOTICE),
        "code": check.id,
        "ends_at": instant(check.ends_at),
        "validity": validity and validity.name,
        "document": _fields(document, validity) if document and validity else None,
    }


def asked_lines(asked: Asked, *, shared: bool) -> Iterator[str]:
    """Yield who asks the holder, or who has been answered."""
    yield _(NOTICE)
    told = _("Dane udostępniono: {who}") if shared else _("O Twoje dane prosi: {who}")
    yield told.format(who=asked.inspector)
    yield _("Czynny do: {moment}").format(moment=shown(asked.ends_at))


def asked_json(asked: Asked, *, shared: bool) -> Json:
    """Return who asks the holder, or who has been answered."""
    return {
        "simulation": str(NOTICE),
        "code": asked.code,
        "inspector": asked.inspector,
        "ends_at": instant(asked.ends_at),
        "shared": shared,
    }


def _document(document: Document, validity: Validity) -> Iterator[str]:
    yield status_row(validity)
    yield from person_rows(document)
    yield _(NOTICE)
    yield from card_rows(document)


def _fields(document: Document, validity: Validity) -> Json:
    return {
        "order": document.order,
        "first_name": document.first_name,
        "second_name": document.second_name,
        "last_name": document.last_name,
        "birth_date": document.birth_date.isoformat(),
        "pesel": document.pesel,
        "university": {"pl": document.university.pl, "en": document.university.en},
        "student_number": document.student_number,
        "picture": document.picture,
        "issued_on": document.issued_on.isoformat(),
        "expiration_date": document.expiration_date.isoformat(),
        "validity": validity.name,
    }
