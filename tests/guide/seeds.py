"""The guides say all that the three original instructions say, in their order.

The facts are in ``tests/seeds``; what they do with a key is here a button of the page.
"""

from __future__ import annotations

import re

import pytest

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give, Push, Step, WaitFor
from mleg_tui.guide.performance import Played
from tests.guide.told import told
from tests.ui.test_seeds import bare, facts

BUTTONS = {
    "usosweb.mlegitymacja": "to-mlegitymacja",
    "usosweb.payments": "to-payments",
    "mlegitymacja.order": "order",
}
CHAPTER = {"fk": "usosweb", "agh": "usosweb", "pwr": "usosweb", "umcs": "mobilny-usos"}


def does(step: Step, kind: str, said: str) -> bool:
    """Tell whether a step does what a fact says."""
    if kind == "wait":
        return isinstance(step, WaitFor) and step.status is OrderStatus(said)
    return step in (Give(said), Push(BUTTONS.get(said, said)))


class Reader:
    """Somebody who reads a chapter from its beginning to its end."""

    def __init__(self, played: Played) -> None:
        self.played = played
        self.step = 0
        self.place = 0
        moves = enumerate(played.chapter.moves)
        self.ahead = [
            (number, what) for number, move in moves for what in (*move.before, *move.steps)
        ]

    def go_on_to(self, kind: str, said: str) -> None:
        """Go to what stands below the next step that does something, or comes after a wait."""
        found = next(place for place, (_, step) in enumerate(self.ahead) if does(step, kind, said))
        number = self.ahead[found][0]
        self.ahead = self.ahead[found + 1 :]
        self.step, self.place = (number if kind == "wait" else number + 1), 0

    def find(self, label: str) -> None:
        """Find a label in the rest of this step, or in one of the next."""
        wanted = bare(label)
        while self.step < len(self.played.steps):
            step = self.played.steps[self.step]
            text = bare(" ".join((step.say, *step.labels, step.text)))
            found = text.find(wanted, self.place)
            if found >= 0 and stands_out(label, step.svg):
                self.place = found + len(wanted)
                return
            self.step, self.place = self.step + 1, 0
        pytest.fail(label)


def stands_out(label: str, svg: str) -> bool:
    """Tell whether a label is drawn in italics or bold, where the fact is printed so."""
    if not label.startswith("*"):
        return True
    look = "font-weight" if label.startswith("**") else "font-style"
    return re.search(rf"<text [^>]*{look}[^>]*>[^<]*{re.escape(bare(label))}", svg) is not None


def has_every_step_and_label_in_their_order(seed: str) -> None:
    chapters = {played.chapter.id: played for played in told(seed, "pl").chapters}
    reader = Reader(chapters[CHAPTER[seed]])
    for kind, said in facts(seed):
        if kind == "label":
            reader.find(said)
        elif kind in ("do", "push", "wait") and said not in ("desk.phone", "usosweb.refresh"):
            reader.go_on_to(kind, said)


SEEDS = {
    "agh": [
        "zainstaluj",
        "mLegitymacja Studencka",
        "regulaminem usługi mLegitymacja studencka",
        "Zeskanuj kod QR",
        "kod aktywacyjny",
        "pojawia się mLegitymacja",
    ],
    "fk": ["Dodaj nowy dokument", "Zeskanuj kod QR", "kod aktywacyjny"],
    "pwr": ["„Legitymacja Studencka”", "Skopiuj kod QR", "kod aktywacyjny"],
    "umcs": [
        "„Wybór dokumentu”",
        "„Legitymacja Studencka”",
        "regulaminem",
        "aparat",
        "Skopiuj kod QR z zakładki mLegitymacja",
        "kod aktywacyjny",
        "Aktywuj",
        "okazania",
    ],
}


def says_of_mobywatel_what_the_seed_says(seed: str) -> None:
    chapters = {played.chapter.id: played for played in told(seed, "pl").chapters}
    steps = chapters["mobywatel"].steps
    text = " ".join(" ".join((step.say, *step.labels)) for step in steps)
    place = 0
    for said in SEEDS[seed]:
        place = text.find(said, place)
        assert place >= 0, (said, text)
