"""The terms of the document's service, written for the simulator; nobody's real terms."""

from __future__ import annotations

from mleg_tui.domain.messages import N_, MessageId

TERMS_TITLE = N_("Regulamin usługi mLegitymacja studencka")
TERMS: tuple[MessageId, ...] = (
    N_("1. To regulamin symulatora, nie prawdziwej usługi. Służy nauce i pokazom."),
    N_("2. mLegitymacja może być tylko na jednym telefonie naraz."),
    N_("3. Dodaje się ją tokenem (kodem QR) i kodem aktywacyjnym, których nikomu się nie podaje."),
    N_("4. Zmianę albo zgubienie telefonu zgłasza się, unieważniając mLegitymację w USOSweb."),
    N_("5. Po unieważnieniu albo po terminie ważności dokument w telefonie jest nieważny."),
    N_("6. Ważność dokumentu można sprawdzić tylko za zgodą osoby, która go okazuje."),
    N_("7. Wszystkie dane są wymyślone i zostają w magazynie danych symulatora."),
)
