"""What may the user do now, and if not, why: a pure function of the situation.

It decides what is offered and greyed. The services decide again when a command is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import ElsWithoutApplication, MenuTab, OrderPath, University
from mleg_tui.ui.commands import COMMANDS, FOOTER_LENGTH, OFFICE_COMMANDS, Place, UserCommand

if TYPE_CHECKING:
    from mleg_tui.domain.phone import Phone
    from mleg_tui.domain.verification import Verification
    from mleg_tui.services.ordering import Card
    from mleg_tui.ui.classroom.standing import Standing


class NotHere(Refused):
    """The command belongs to another page."""

    message = N_("To polecenie nie działa na tej stronie.")
    advice = N_("Przejdź na stronę, której dotyczy.")


class StaffOnly(Refused):
    """The staff tab, for a student."""

    message = N_("Ta część serwisu jest dostępna tylko dla pracowników.")
    advice = N_("Zaloguj się na konto pracownika.")


class StudentsOnly(Refused):
    """The students' tab, for staff."""

    message = N_("Ta część serwisu jest dostępna tylko dla studentów.")
    advice = N_("Zaloguj się na konto studenta.")


class NotInstalled(Refused):
    """An app that the university's students do not have."""

    message = N_("Tej aplikacji nie ma w telefonie.")
    advice = N_("Twoja uczelnia nie korzysta z Mobilnego USOS; zamów mLegitymację w USOSweb.")


class NoPayments(Refused):
    """The university's students pay elsewhere."""

    message = N_("Twoja uczelnia nie korzysta z płatności w modelu FK.")
    advice = N_("Przejdź do strony mLegitymacja.")


class NothingForEverybody(Refused):
    """The university has nothing under the tab."""

    message = N_("Na karcie DLA WSZYSTKICH Twoja uczelnia nic tu nie ma.")
    advice = N_("Przejdź na kartę DLA STUDENTÓW.")


class OnlyOnPhone(Refused):
    """The university's students order on the phone."""

    message = N_("Na Twojej uczelni mLegitymacji nie zamawia się w USOSweb.")
    advice = N_("Zamów ją w telefonie, w aplikacji Mobilny USOS.")


class OneClock(Refused):
    """Time is everybody's, where several people use one store."""

    message = N_("Czas symulacji jest tu jeden dla wszystkich.")
    advice = N_("Przesuwa go dziekanat, a gdy program działa u Ciebie, każdy.")


class NoClassesHere(Refused):
    """A class is the business of a store that many share."""

    message = N_("W świecie, który jest tylko Twój, nie prowadzi się zajęć.")
    advice = N_("Otwiera je dziekanat na stronie Zajęcia wspólnego magazynu danych.")


class ClockStopped(Refused):
    """The trainer has stopped everybody's clock."""

    message = N_("Zegary zatrzymała osoba prowadząca zajęcia.")
    advice = N_("Poczekaj, aż puści je dalej.")


class ExerciseUnsolved(Refused):
    """One goes on to the next exercise when the present one is solved."""

    message = N_("To ćwiczenie nie jest jeszcze rozwiązane.")
    advice = N_("Czego brakuje, pokazuje zadanie ćwiczenia.")


class AllSolved(Refused):
    """There is no exercise after the one that was solved."""

    message = N_("To było ostatnie ćwiczenie zajęć. Masz wszystko za sobą.")
    advice = N_("Poczekaj na osobę prowadzącą.")


class NothingSaid(Refused):
    """The trainer has said nothing yet."""

    message = N_("Nie ma żadnej wiadomości od osoby prowadzącej.")
    advice = N_("Gdy przyjdzie, pokaże się sama.")


class NoCheckOpen(Refused):
    """There is no check to finish."""

    message = N_("Żadne sprawdzenie nie trwa.")
    advice = N_("Najpierw rozpocznij sprawdzenie.")


class Situation(NamedTuple):
    """Where the user is: the places that offer commands, their role, the card, the phone's apps.

    ``university`` is whose portal it is; ``None`` where it makes no difference.
    ``refused`` are commands that the page itself found to make no sense now. ``owns_world`` is
    False where the person shares data and time with others. ``has_news`` tells
    that the phone has a notice which nobody has opened. ``standing`` is the person's in a class.
    """

    places: frozenset[Place] = frozenset({Place.EVERYWHERE})
    role: Role | None = None
    card: Card | None = None
    apps: frozenset[str] = frozenset()
    phone: Phone | None = None
    check: Verification | None = None
    university: University | None = None
    refused: Mapping[str, Refused] = MappingProxyType({})
    owns_world: bool = True
    has_news: bool = False
    standing: Standing | None = None


_STUDENTS = frozenset({Role.STUDENT})
_OFFICE = frozenset({Role.OFFICE})
_ROLES: Mapping[str, tuple[frozenset[Role], type[Refused]]] = {
    "usosweb.staff": (_OFFICE, StaffOnly),
    "app.let_go": (_OFFICE, StaffOnly),
    **{command.id: (_OFFICE, StaffOnly) for command in OFFICE_COMMANDS},
    "usosweb.students": (_STUDENTS, StudentsOnly),
    "usosweb.mlegitymacja": (_STUDENTS, StudentsOnly),
    "usosweb.payments": (_STUDENTS, StudentsOnly),
    "usosweb.photo": (_STUDENTS, StudentsOnly),
    "usosweb.els": (_STUDENTS, StudentsOnly),
    "usosweb.everybody": (_STUDENTS, StudentsOnly),
    "desk.phone": (_STUDENTS, StudentsOnly),
    "desk.switch": (frozenset({Role.STUDENT, Role.INSPECTOR}), StudentsOnly),
}
"""The commands that belong to a role, and what everybody else is told."""
_PAGES: Mapping[str, tuple[Callable[[University], bool], type[Refused]]] = {
    "usosweb.mlegitymacja": (lambda u: set(u.paths) != {OrderPath.MOBILE}, OnlyOnPhone),
    "usosweb.payments": (lambda u: u.has_payments, NoPayments),
    "usosweb.els": (lambda u: u.els_application is not None, ElsWithoutApplication),
    "usosweb.everybody": (lambda u: u.photo_tab is MenuTab.EVERYBODY, NothingForEverybody),
}
"""The commands that lead to what not every university has, and what is told where it has not."""
_APPS = frozenset({"phone.mobilny_usos", "phone.mobywatel"})
_TIME = frozenset(
    {
        *(command.id for command in COMMANDS.values() if command.place is Place.TIME),
        "simulation.pause",
        "simulation.step",
        "simulation.forward",
        "simulation.forward_to",
        "simulation.speed",
    }
)
"""What moves time, which is the trainer's while all clocks are stopped."""


def why_not(command: str, situation: Situation) -> Refused | None:
    """Return why a command cannot be given now; ``None`` if it can."""
    if COMMANDS[command].place not in situation.places:
        return NotHere()
    return why_not_for(command, situation) or _why_not_now(command, situation)


def why_not_for(command: str, situation: Situation) -> Refused | None:
    """Return why the command is not for the person: role, university, phone."""
    if COMMANDS[command].place is Place.TIME:
        return None if situation.owns_world or situation.role in _OFFICE else OneClock()
    if command in _ROLES:
        roles, refusal = _ROLES[command]
        if situation.role not in roles:
            return refusal()
    if command in _PAGES and situation.university is not None:
        has, refusal = _PAGES[command]
        return None if has(situation.university) else refusal()
    if command in _APPS:
        return None if command in situation.apps else NotInstalled()
    return None


def _why_not_now(command: str, situation: Situation) -> Refused | None:
    """Return why the command makes no sense for what is on the page."""
    if situation.standing is not None:
        refusal = _why_not_in_class(command, situation.standing)
        if refusal is not None:
            return refusal
    if COMMANDS[command].place is Place.MLEGITYMACJA:
        return _why_not_on_card(command, situation.card) or situation.refused.get(command)
    if COMMANDS[command].place is Place.DOCUMENTS:
        return _why_not_on_phone(command, situation.phone)
    if command == "inspector.finish":
        return None if situation.check else NoCheckOpen()
    return situation.refused.get(command)


def _why_not_in_class(command: str, standing: Standing) -> Refused | None:
    if command in _TIME and standing.stopped:
        return ClockStopped()
    if command == "class.next" and not standing.may_go_on:
        return AllSolved() if standing.is_done else ExerciseUnsolved()
    if command == "class.message" and not standing.said:
        return NothingSaid()
    return None


def _why_not_on_phone(command: str, phone: Phone | None) -> Refused | None:
    from mleg_tui.services.adding import why_cannot_add  # noqa: PLC0415 - not for the login page
    from mleg_tui.services.phones import NoDocument, NoNetwork  # noqa: PLC0415

    if phone is None:
        return NotHere()
    if command == "mobywatel.add":
        return why_cannot_add(phone)
    if phone.document is None:
        return NoDocument()
    needs_network = command != "mobywatel.remove"
    return NoNetwork() if needs_network and not phone.online else None


def _why_not_on_card(command: str, card: Card | None) -> Refused | None:
    from mleg_tui.services.ordering import CannotOrder, NoCodesYet  # noqa: PLC0415 - not for the login page

    if card is None:
        return NotHere()
    match command:
        case "mlegitymacja.order":
            return CannotOrder(card.why_cannot_order) if card.why_cannot_order else None
        case "mlegitymacja.cancel":
            return card.why_cannot_cancel
        case "mlegitymacja.revoke":
            return card.why_cannot_revoke
        case _:
            return None if card.codes else NoCodesYet()


def offered(situation: Situation) -> tuple[UserCommand, ...]:
    """Return the commands that belong where the user is, allowed or not, in their fixed order."""
    here = (command for command in COMMANDS.values() if command.place in situation.places)
    return tuple(_called(command, situation) for command in here)


def _called(command: UserCommand, situation: Situation) -> UserCommand:
    """Return a command by the name that it has here: the way between panes is named by its end."""
    if command.id != "desk.switch":
        return command
    if Place.USOSWEB not in situation.places:
        return command._replace(label=N_("USOSweb"))
    if situation.role is Role.INSPECTOR:
        return command._replace(label=N_("Kontroler"))
    return command._replace(label=N_("● Telefon")) if situation.has_news else command


def footer(situation: Situation) -> tuple[tuple[UserCommand, Refused | None], ...]:
    """Return at most seven commands for the footer, each with why it is greyed.

    A card's commands stand there only while they make sense: what is over is not greyed but gone.
    """
    ranked = sorted(
        (command for command in offered(situation) if command.rank), key=lambda c: c.rank
    )
    told = [(command, why_not(command.id, situation)) for command in ranked]
    kept = [pair for pair in told if pair[1] is None or not _is_over(*pair)]
    return tuple(kept[:FOOTER_LENGTH])


def _is_over(command: UserCommand, refusal: Refused | None) -> bool:
    """Tell whether a refused command had better not be shown: all that time alone won't allow."""
    if command.id == "qr.large":
        return False
    if command.id == "mlegitymacja.order":
        from mleg_tui.services.ordering import CannotOrder  # noqa: PLC0415

        return not isinstance(refusal, CannotOrder) or refusal.only_live_order
    return True
