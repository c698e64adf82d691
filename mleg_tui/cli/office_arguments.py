"""The commands of ``mleg-tui office`` and their options."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from mleg_tui.cli.leaves import leaf, switch
from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    _add_lists(commands)
    _add_decisions_about_students(commands)
    _add_decisions_about_orders(commands)


def _add_lists(commands: Any) -> None:
    orders = _office(commands, "orders", _("pokazuje zamówienia, najnowsze na górze"))
    _add_filter(orders)
    students = _office(commands, "students", _("pokazuje studentów i niespełnione warunki"))
    students.add_argument("--text", metavar=_("TEKST"), help=_("tylko pasujące do tekstu"))
    order = _office(commands, "order", _("pokazuje jedno zamówienie z całą historią"))
    _add_order(order)
    student = _office(commands, "student", _("pokazuje całą teczkę studenta"))
    _add_student(student)
    export = _office(commands, "export", _("wypisuje zamówienia jako CSV albo JSON"))
    _add_filter(export)
    counters = _office(commands, "counters", _("liczy zamówienia według statusów i dni"))
    _add_filter(counters)
    audit = _office(commands, "audit", _("pokazuje, kto co zmienił, najnowsze na górze"))
    audit.add_argument("--text", metavar=_("TEKST"), help=_("tylko pasujące do tekstu"))
    audit.add_argument("--actor", metavar="LOGIN", help=_("kto; puste oznacza systemy"))
    audit.add_argument("--record", metavar="ID", help=_("którego wpisu dotyczy"))
    audit.add_argument("--since", metavar=_("DATA"), help=_("od tej chwili czasu symulacji"))
    audit.add_argument("--until", metavar=_("DATA"), help=_("przed tą chwilą czasu symulacji"))
    audit.add_argument("--limit", metavar="N", help=_("najwyżej tyle (na ekranie 200)"))
    switch(audit, "--csv", _("wszystko jako CSV"))


def _add_decisions_about_students(commands: Any) -> None:
    for name, does in (
        ("approve-photo", _("zatwierdza zdjęcie")),
        ("reject-photo", _("odrzuca zdjęcie; trzeba podać powód")),
        ("issue-els", _("wydaje ELS, gdy opłata jest rozliczona")),
        ("extend-els", _("przedłuża ELS w USOS na ten semestr")),
        ("record-hologram", _("odnotowuje hologram, który jest już na ELS")),
        ("book-payment", _("księguje wpłatę na należność")),
        ("change-surname", _("zmienia nazwisko; unieważnia mLegitymację")),
        ("set-pesel", _("zapisuje PESEL (zmyślony)")),
        ("set-student-number", _("zapisuje numer albumu")),
        ("suspend", _("zawiesza w prawach studenta; unieważnia mLegitymację")),
        ("strike-off", _("skreśla z listy studentów; unieważnia mLegitymację")),
        ("graduate", _("zapisuje ukończenie studiów")),
        ("reinstate", _("przywraca status aktywnego studenta")),
    ):
        command = _office(commands, name, does)
        _add_student(command)
        match name:
            case "reject-photo":
                command.add_argument("--reason", metavar=_("POWÓD"), help=_("powód dla studenta"))
            case "book-payment":
                command.add_argument("--due", metavar="ID", help=_("należność"))
                command.add_argument(
                    "--payment",
                    metavar="ID",
                    help=_("nierozliczona wpłata; bez niej wpłacono na miejscu"),
                )
            case "change-surname":
                command.add_argument("--surname", metavar=_("NAZWISKO"), help=_("nowe nazwisko"))
            case "set-pesel" | "set-student-number":
                command.add_argument("--number", metavar="N", help=_("numer"))


def _add_decisions_about_orders(commands: Any) -> None:
    fail = _office(commands, "fail", _("kończy zamówienie w toku błędem"))
    _add_order(fail)
    retry = _office(commands, "retry", _("po błędzie zamawia ponownie w imieniu studenta"))
    _add_order(retry)
    revoke = _office(commands, "revoke", _("unieważnia zamówienia, jedno albo z listy"))
    revoke.add_argument(
        "--ids",
        action="append",
        metavar=_("LISTA|-"),
        help=_(
            "zamówienia, loginy lub numery albumów (w razie potrzeby z uczelnią: agh:401237); "
            "- czyta je ze standardowego wejścia"
        ),
    )
    switch(revoke, "--preview", _("tylko pokazuje, co by się stało"))
    switch(revoke, "--yes", _("nie pyta"))
    for command in (fail, revoke):
        command.add_argument("--reason", metavar=_("POWÓD"), help=_("powód, do historii"))


def _office(commands: Any, name: str, does: str) -> ArgumentParser:
    command = leaf(commands, name, does, "office")
    command.add_argument("--user", metavar="LOGIN", help=_("konto dziekanatu"))
    return command


def _add_student(command: ArgumentParser) -> None:
    command.add_argument("--student", metavar="LOGIN", help=_("którego studenta dotyczy"))


def _add_order(command: ArgumentParser) -> None:
    command.add_argument("--order", metavar="ID", help=_("którego zamówienia dotyczy"))


def _add_filter(command: ArgumentParser) -> None:
    command.add_argument("--text", metavar=_("TEKST"), help=_("tylko pasujące do tekstu"))
    command.add_argument(
        "--status", action="append", metavar="STATUS", help=_("tylko w tym stanie, np. PENDING")
    )
    command.add_argument("--of", metavar="ID", help=_("tylko tej uczelni"))
    command.add_argument("--older", metavar=_("CZAS"), help=_("tylko starsze niż np. 2h, 3d"))
    command.add_argument(
        "--sort",
        choices=("order_date", "status", "student", "student_number", "university", "changed"),
        help=_("według czego układać"),
    )
    switch(command, "--descending", _("od największego"))
