"""What every instruction says besides its steps."""

from __future__ import annotations

from mleg_tui import __version__
from mleg_tui.domain.messages import N_
from mleg_tui.guide.instruction import Instruction
from mleg_tui.locale import _, local

TROUBLES = N_("Co może pójść źle i jak to naprawić")
MISHAPS = N_("Co ludziom naprawdę się zdarza")
FACTS = N_("Na czym opiera się ta instrukcja")
KEY = N_("W symulatorze klawisz:")
CONTENTS = N_("Spis treści")


def about(told: Instruction) -> tuple[str, ...]:
    """Return what is told first."""
    return (
        _(
            "Ta instrukcja powstała w symulatorze mleg-tui {version}, który wykonał każdy jej "
            "krok i zrobił zdjęcie ekranu. To, co trzeba nacisnąć, jest na zdjęciu w ramce."
        ).format(version=__version__),
        _(
            "{university} jest symulacją: z żadną prawdziwą usługą nic się tu nie łączy, a osoby, "
            "numery i kody są zmyślone."
        ).format(university=local(told.university.name)),
    )


def practise() -> str:
    """Tell how the problems can be practised."""
    return _("Każdy z tych problemów można przećwiczyć: mleg-tui --scenario NAZWA (w nawiasie).")


def sources() -> str:
    """Tell where the sources are listed."""
    return _(
        "W nawiasach są źródła i paragrafy pliku docs/domain.md symulatora, który je wymienia."
    )
