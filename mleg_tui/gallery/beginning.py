"""How every scene begins: the moment, the seed, and the demo data, which may be a team's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mleg_tui.domain.account import Account
from mleg_tui.domain.calendar import WARSAW
from mleg_tui.domain.eligibility import examine
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import Regulation
from mleg_tui.services.campus import known_university
from mleg_tui.services.demo_data import LARGEST, load, own_directory
from mleg_tui.services.files import contents, naming
from mleg_tui.services.initial_data import Beginning, fill_if_new
from mleg_tui.services.store import KINDS, Record, Store, View, Work
from mleg_tui.simulation.world import WORLD_ID, DemoAccount, World

SEED = 7
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=WARSAW)
_UNIVERSITIES = "universities.json"

NewStore = Callable[[], Store]
"""Makes an empty store; whoever names adapters brings it."""
_PEOPLE: tuple[type[Record], ...] = (Student, Account, Due, Payment, BankAccount)
_beginnings: dict[tuple[Path | None, str | None], tuple[Record, ...]] = {}


class NoData(BadInput):
    """The folder has no file of demo data in it."""

    message = N_("W folderze {folder} nie ma danych, np. universities.json.")
    advice = N_("Wskaż folder z plikami takimi jak w demo_data.")


@contextmanager
def completed(folder: Path | None) -> Iterator[Path | None]:
    """Give a folder with all demo data for a folder with some, checked; none for none.

    The universities of the two are put together, and one with the same ``id`` is the given
    folder's; every other file is either the one or the other. Raises ``NoData``, ``BadDemoData``,
    ``BadFile`` and ``FileTooLarge``.
    """
    if folder is None:
        yield None
        return
    names = [path.name for path in own_directory().glob("*.json")]
    if not any((folder / name).is_file() for name in names):
        raise NoData(folder=folder)
    with TemporaryDirectory(prefix="mleg-tui-") as made:
        whole = Path(made)
        for name in names:
            given = folder / name if (folder / name).is_file() else own_directory() / name
            with naming(given):
                (whole / name).write_bytes(contents(given, LARGEST))
        _put_together(whole / _UNIVERSITIES)
        load(whole, NOW.date())
        yield whole


def _put_together(path: Path) -> None:
    """Add what only the program's own file has, unless the given one cannot be understood."""
    own = json.loads((own_directory() / path.name).read_bytes())
    try:
        path.write_text(json.dumps(_both(own, json.loads(path.read_bytes()))), "utf-8")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return  # loading it says what is wrong, and where


def _both(own: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return the given file with what it lacks; its universities keep their places in it."""
    ids = {university["id"] for university in given["universities"]}
    rest = [university for university in own["universities"] if university["id"] not in ids]
    return {
        **given,
        "regulations": {**own["regulations"], **given.get("regulations", {})},
        "skins": {**own["skins"], **given.get("skins", {})},
        "universities": [*given["universities"], *rest],
    }


def founded(new_store: NewStore, data: Path | None, university: str | None = None) -> Store:
    """Make a store and fill it; the demo data are read once in a process.

    With a ``university`` all the people of the program's own demo data study there, so that every
    scene finds whom it is about. Raises ``UnknownUniversity``.
    """
    store = new_store()
    beginning = _beginnings.get((data, university))
    if beginning is not None:
        store.transact(lambda work: [work.add(record) for record in beginning])
    else:
        fill_if_new(store, Beginning(seed=SEED, now=NOW, data=data), NOW)
        if university is not None:
            store.transact(lambda work: _move_in(work, university))
        _beginnings[data, university] = store.read(_everything)
    return store


def _move_in(work: Work, university: str) -> None:
    """Replace everybody by the program's own people, and let the students study in one place.

    Who may order where the demo data have them can do so there, too.
    """
    there = known_university(work, university)
    for kind in _PEOPLE:
        for record in work.select(kind):
            work.remove(record)
    own = load(own_directory(), NOW.date())
    homes = {one.id: one.regulation for one in own.universities}
    able = [one for one in own.students if _may_order(one, homes[one.university])]
    card = next(one.els for one in able if one.els is not None)
    for student in own.students:
        moved = replace(student, university=there.id)
        if student in able and not _may_order(moved, there.regulation):
            own_card = replace(card, last_name=student.last_name, picture=student.photo.picture)
            moved = replace(moved, els=own_card)
        work.add(moved)
    for account in own.accounts:
        work.add(replace(account, university=there.id) if account.student else account)
    money: tuple[Record, ...] = (*own.dues, *own.payments, *own.bank_accounts)
    for record in money:
        work.add(record)
    names = {student.id: LocalText({"pl": student.full_name}) for student in own.students}
    shown = (DemoAccount(one.login, names.get(one.login, one.note)) for one in own.demo_accounts)
    work.save(replace(work.get(World, WORLD_ID), demo_accounts=tuple(shown)))


def _may_order(student: Student, regulation: Regulation) -> bool:
    return all(finding.met for finding in examine(student, regulation, NOW.date()))


def _everything(view: View) -> tuple[Record, ...]:
    return tuple(record for kind in KINDS.values() for record in view.select(kind))
