"""What an instruction rests on: the facts that it follows from, each with its source.

The sources are those of docs/domain.md, under the names that it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.university import Condition, OrderPath, University
from mleg_tui.locale import _

_WAYS: Mapping[OrderPath, tuple[MessageId, str]] = {
    OrderPath.MENU: (N_("Droga do zamówienia: DLA STUDENTÓW → mLegitymacja."), "AGH; §3, §5"),
    OrderPath.PAYMENTS: (
        N_("Droga do zamówienia: DLA STUDENTÓW → Płatności (model FK)."),
        "FK, PUT; §5, §7",
    ),
    OrderPath.APPLICATION: (
        N_("Zamówienie jest wnioskiem, który wymaga wszystkich zgód."),
        "UMCS/PWr; §5",
    ),
    OrderPath.MOBILE: (
        N_("Droga do zamówienia: Mobilny USOS → mLegitymacja → Moja mLegitymacja."),
        "UMCS; §8",
    ),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words, and where it is from."""

    text: str
    source: str


def facts_of(university: University) -> Iterator[Fact]:
    """Yield the facts that a university's instruction rests on."""
    if Condition.ELS in university.regulation.conditions:
        yield Fact(_("Warunki: zasady z 2020 r., z legitymacją plastikową."), "AGH, FK; §4")
    else:
        yield Fact(
            _("Warunki: zasady od 1 lipca 2025 r., bez legitymacji plastikowej."), "AGH, PB; §4"
        )
    for path in university.paths:
        text, source = _WAYS[path]
        yield Fact(_(text), source)
    if university.skin.install_label is None:
        yield Fact(
            _("Nazwy statusów i przycisków: strona z instrukcji uczelni."), "AGH, FK; §2, §3"
        )
    else:
        yield Fact(_("Nazwy statusów i przycisków: nowsza strona USOSweb."), "2026, UAM; §2")
    yield Fact(_("Dodanie dokumentu w mObywatelu i jego okazanie."), "UMCS/PWr, AGH, Infor; §9")
    yield Fact(
        _(
            "Nazwy ze słowem „symulacja”, adresy, osoby, numery i czasy są zmyślone; co jest "
            "wyborem autorów symulatora, mówi demo_data/README.md."
        ),
        "§5, §13",
    )
