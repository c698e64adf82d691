"""What is wrong with data from outside, in words of the catalogue.

The codec's own words are English and name types; they are what a mistake is as text, for the log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from types import NoneType
from typing import Any, ClassVar, get_args, get_type_hints

from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.messages import N_, MessageId

_LONGEST = 40


class Mistake(BadInput):
    """A value that is not what it has to be. ``place`` is where it stands, as ``els.valid_until``.

    Details that the codec's words have are found in them by ``pattern``, which is compiled then.
    """

    advice = N_("Popraw dane i spróbuj ponownie.")
    pattern: ClassVar[str] = "(?!)"

    def __init__(self, raw: str, **details: object) -> None:
        super().__init__(**details)
        self._raw = raw

    def __str__(self) -> str:
        return self._raw


class FieldMissing(Mistake):
    """Something that every such record has is not there."""

    message = N_("brakuje pola {field}")
    pattern = r"Object missing required field `(?P<field>.*)`"


class FieldUnknown(Mistake):
    """Something that no such record has is there: a slip of the pen, most often."""

    message = N_("nieznane pole {field}")
    pattern = r"(?:Object contains )?unknown field(?: `(?P<field>.*)`)?"


class WrongType(Mistake):
    """A value of another kind."""

    message = N_("{place}: ma być {expected}, a jest {found}")
    pattern = r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`"


class WordUnknown(Mistake):
    """None of the words that there are for something."""

    message = N_("{place}: nieznana wartość „{value}”")
    pattern = r"Invalid (?:enum )?value '?(?P<value>.*?)'?"


class WordUnknownAmong(WordUnknown):
    """The same where the words can be listed."""

    message = N_("{place}: nieznana wartość „{value}” (do wyboru: {known})")
    pattern = "(?!)"


class NoDay(Mistake):
    """Not a day."""

    message = N_("{place}: to nie jest data, np. 2026-10-05")
    pattern = r"Invalid RFC3339 encoded date"


class NoMoment(Mistake):
    """Not a moment, or one that can be anywhere between two zones."""

    message = N_("{place}: to nie jest chwila, np. 2026-10-05T07:00:00Z")
    pattern = r"Invalid RFC3339 encoded datetime|a moment needs a time zone"


class OutOfRange(Mistake):
    """A number or a moment beyond what can be reckoned with."""

    message = N_("{place}: wartość poza zakresem")
    pattern = r"(?:Number|Integer value|date value) out of range|out of range"


class Impossible(Mistake):
    """The values contradict each other, or a rule of the domain."""

    message = N_("{place}: {reason}")


class ImpossibleWhole(Impossible):
    """The same of a whole record."""

    message = N_("{reason}")


class NoJson(Mistake):
    """Not JSON."""

    message = N_("to nie jest poprawny JSON (bajt {byte})")
    pattern = r"JSON is malformed: .* \(byte (?P<byte>\d+)\)"


class JsonCut(Mistake):
    """JSON without its end."""

    message = N_("JSON urywa się w środku")
    pattern = r"Input data was truncated"


class JsonTooDeep(Mistake):
    """JSON within JSON within JSON."""

    message = N_("JSON jest zagnieżdżony zbyt głęboko")
    pattern = r"maximum recursion depth exceeded.*"


class NotUtf8(Mistake):
    """Bytes that are no text."""

    message = N_("to nie jest tekst w UTF-8")
    pattern = r"'utf-8' codec can't decode .*"


class RecordTwice(Mistake):
    """An id, or a whole table, is there twice."""

    message = N_("jest dwa razy, a liczy się tylko ostatni")


class FieldTwice(Mistake):
    """A field is there twice."""

    message = N_("pole {field} jest dwa razy, a liczy się tylko ostatnie")


class Nobody(Mistake):
    """Something is named that is not there."""

    message = N_("nie ma wpisu {other}")


class RecordWrong(Mistake):
    """The record of a store or an export that a mistake is in."""

    message = N_("{record}: {problem}")


class RecordWrongInLine(RecordWrong):
    """The same where it stands in a file that a person can read."""

    message = N_("{record}, wiersz {line}: {problem}")


class Odd(Mistake):
    """Anything else."""

    message = N_("{place}: tej wartości nie można zrozumieć")


_WHOLE = N_("wpis")
_TYPES: Mapping[str, MessageId] = {
    "str": N_("tekst"),
    "int": N_("liczba całkowita"),
    "float": N_("liczba"),
    "bool": N_("true albo false"),
    "object": N_("obiekt"),
    "array": N_("lista"),
    "date": N_("data"),
    "datetime": N_("chwila"),
    "null": N_("nic"),
}
CONTRADICTIONS: Mapping[str, MessageId] = {
    "a card cannot end before it was issued": N_("karta nie może wygasnąć, zanim ją wydano"),
    "a check cannot end before it began": N_(
        "sprawdzenie nie może się skończyć, zanim się zacznie"
    ),
    "a check has a code of six digits": N_("kod sprawdzenia ma sześć cyfr"),
    "a condition names something": N_("warunek czegoś dotyczy"),
    "a condition stands twice": N_("warunek jest wymieniony dwa razy"),
    "a due is more than nothing": N_("należność jest większa od zera"),
    "a duration is 90 days at most": N_("czas pracy systemu to najwyżej 90 dni"),
    "a fee is not negative": N_("opłata nie może być ujemna"),
    "a fee is to be paid within 90 days at most": N_("termin opłaty to najwyżej 90 dni"),
    "a moment needs a time zone": N_("chwila potrzebuje strefy czasowej"),
    "a payment is more than nothing": N_("wpłata jest większa od zera"),
    "a photo has a picture, and no photo has none": N_(
        "zdjęcie ma obrazek, a bez zdjęcia nie ma obrazka"
    ),
    "a result comes with the data, and the data with a result": N_(
        "wynik sprawdzenia jest tylko razem z danymi"
    ),
    "a slowdown is 1 to 1000": N_("spowolnienie to od 1 do 1000"),
    "a state has no label": N_("jeden ze statusów nie ma nazwy"),
    "a state that follows from the date is not stored": N_(
        "status, który wynika z daty, nie jest przechowywany"
    ),
    "a class is in one of its exercises": N_("zajęcia są w jednym ze swoich ćwiczeń"),
    "a participant is named by class and nickname": N_(
        "osoba na zajęciach ma identyfikator z zajęć i pseudonimu"
    ),
    "a student has an id and a name": N_("student ma identyfikator, imię i nazwisko"),
    "a student's account belongs to a student, and no other does": N_(
        "konto studenta należy do studenta, a inne do nikogo"
    ),
    "a university has a path to the order": N_("uczelnia ma jakąś drogę do zamówienia"),
    "addresses of the simulator end in .example": N_("adresy symulatora kończą się na .example"),
    "an account number has 26 digits": N_("numer konta ma 26 cyfr"),
    "an album number is digits": N_("numer albumu składa się z samych cyfr"),
    "an exercise has a goal": N_("ćwiczenie ma cel"),
    "an exercise was started at least once": N_("ćwiczenie zaczęto przynajmniej raz"),
    "an order has its codes while it is issued, and only then": N_(
        "zamówienie ma kody, gdy jest wydane, i tylko wtedy"
    ),
    "an outage cannot end before it begins": N_("awaria nie może się skończyć, zanim się zacznie"),
    "a language is named by two letters": N_("język nazywają dwie litery, np. en"),
    "a text has letters in each of its languages": N_("tekst ma litery w każdym ze swoich języków"),
    "a text is there in Polish at least": N_("brakuje tekstu po polsku"),
    "bounds of a duration must not be negative or crossed": N_(
        "granice czasu nie mogą być ujemne ani zamienione"
    ),
    "codes are valid for 1 to 36500 days": N_("kody są ważne od 1 do 36500 dni"),
    "not a simulated token": N_("to nie jest token symulatora"),
    "not an activation code": N_("to nie jest kod aktywacyjny"),
    "phones are counted from one": N_("telefony są numerowane od 1"),
    "rejections are 0 to 1000 of a thousand": N_("odrzuceń jest od 0 do 1000 na tysiąc"),
    "settings follow each other in time": N_("ustawienia następują po sobie w czasie"),
    "simulated time begins in 1900 at the earliest": N_(
        "czas symulacji zaczyna się najwcześniej w roku 1900"
    ),
    "the history must end in the order's status": N_("historia kończy się statusem zamówienia"),
    "time runs at one speed": N_("czas płynie w jednym tempie"),
}
"""What records say when they cannot be made, and how it is said to people."""


def in_words(error: Exception, kind: Any = None) -> MlegError:
    """Return what a codec raised as an error that can be told; one that can is returned as it is.

    With the ``kind`` of the record, the words that are possible are told, too.
    """
    if isinstance(error, MlegError):
        return error
    raw = str(error)
    what, _, at = raw.partition(" - at ")
    where = re.search(r"\$([^`]*)", at)
    place = where[1].lstrip(".") if where else ""
    if isinstance(error.__cause__, ValueError):
        reason = CONTRADICTIONS.get(what, what)
        return (Impossible if place else ImpossibleWhole)(raw, place=place, reason=reason)
    for mistake in Mistake.__subclasses__():
        match = re.fullmatch(mistake.pattern, what, re.DOTALL)
        if match is not None:
            return _filled(mistake, raw, place, match.groupdict(), kind)
    return Odd(raw, place=place or _WHOLE)


def nobody(table: str, id: str) -> Mistake:
    """Return the mistake of naming a record that is not there."""
    return Nobody(id, other=f"{table}/{id}")


def of_record(record: str, problem: MlegError, line: int | None = None) -> Mistake:
    """Return a mistake with the name of its record, and its line if it has one."""
    if line is None:
        return RecordWrong(f"{record}: {problem}", record=record, problem=problem)
    raw = f"{record}: {problem}, line {line}"
    return RecordWrongInLine(raw, record=record, problem=problem, line=line)


def _filled(
    mistake: type[Mistake], raw: str, place: str, found: dict[str, str | None], kind: Any
) -> Mistake:
    details: dict[str, object] = {"place": place or _WHOLE, **found}
    if "field" in found:
        details["field"] = ".".join(part for part in (place, found["field"]) if part)
    if "expected" in found:
        details |= {name: _types(found[name] or "") for name in ("expected", "found")}
    if "value" in found:
        details["value"] = (found["value"] or "")[:_LONGEST]
        known = _choices(kind, place)
        if known:
            return WordUnknownAmong(raw, **details, known=known)
    return mistake(raw, **details)


def _types(names: str) -> tuple[str, ...]:
    told = [name for name in names.split(" | ") if name != "null"] or ["null"]
    return tuple(_TYPES.get(name, name) for name in told)


def _choices(kind: Any, place: str) -> tuple[str, ...]:
    """Return the words that can stand at a place in a record, if they are an enum's."""
    found = kind
    try:
        for step in place.replace("[", ".[").split("."):
            within = [one for one in get_args(found) if one is not Ellipsis]
            found = within[-1] if step.startswith("[") else get_type_hints(found)[step]
            found = get_args(found)[0] if NoneType in get_args(found) else found
    except (LookupError, TypeError):
        return ()
    if not (isinstance(found, type) and issubclass(found, Enum)):
        return ()
    return tuple(str(one.value) for one in found)
