"""The command line's grammar, as far as every start needs it: the program's options and the groups.

A group's own commands are described by its module, which is loaded once the group is called.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

from mleg_tui import __version__, languages
from mleg_tui.cli import argparse_in_polish, output
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.inert import NotInert, fault_of
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _

PROGRAM = "mleg-tui"
_WIDTH = 80
_SCREEN_ONLY = (
    "university", "speed", "theme", "screen", "follow", "scenario", "served", "plain", "config"
)  # fmt: skip
_EVERYWHERE = ("help", "store", "lang")
MODULES = {"class": "classes"}
"""The module of a group whose name is a keyword of Python's."""


class BadUsage(BadInput):
    """The command line cannot be understood."""

    message = N_("Błędne użycie: {problem}")
    advice = N_("Pomoc: {command} --help")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help of one width: asking for the terminal's would load half of shutil for every command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_WIDTH)


class Parser(argparse.ArgumentParser):
    """A parser that raises ``BadUsage`` and takes the options that work at every level.

    An option that is not given leaves no trace, so that the same option can stand before the
    command or after it. A ``group`` of commands is described by its own module.
    """

    def __init__(self, group: str = "", **settings: Any) -> None:
        super().__init__(
            argument_default=argparse.SUPPRESS,
            allow_abbrev=False,
            formatter_class=_Help,
            **settings,
        )
        self.add_argument(
            "--store",
            metavar=_("MAGAZYN"),
            help=_("magazyn danych: ścieżka, sqlite:ŚCIEŻKA, postgresql://… albo memory:"),
        )
        self.add_argument(
            "--lang",
            choices=languages.LANGUAGES,
            help=_("język (domyślnie ten, w którym działa system)"),
        )
        self._group = group

    def describe(self) -> None:
        """Let a group's module say which commands it has, or that it is one itself, once."""
        if not self._group:
            return
        module = import_module(f"mleg_tui.cli.{MODULES.get(self._group, self._group)}")
        self._group = ""
        if hasattr(module, "COMMAND"):
            module.COMMAND.describe(self)
            return
        commands = self.commands(required=True)
        for name, command in module.COMMANDS.items():
            does = _(command.does)
            command.describe(commands.add_parser(name, help=does, description=does))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse what belongs here; describing every group would cost a fifth of the start."""
        self.describe()
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Raise ``BadUsage`` instead of printing and exiting."""
        raise BadUsage(problem=message, command=self.prog)

    def _print_message(self, message: str, file: object = None) -> None:
        """Show the help or the version; argparse itself would not say that it was lost."""
        del file
        output.show(message.splitlines())

    def groups(self, *, own: bool = False) -> list[tuple[str, list[argparse.Action]]]:
        """Return the options and arguments under their headings, without the commands.

        ``own`` leaves out what works at every level.
        """
        found: dict[str, list[argparse.Action]] = {}
        for action in self._actions:
            if not isinstance(action.choices, Mapping) and not (own and action.dest in _EVERYWHERE):
                found.setdefault(action.container.title, []).append(action)  # type: ignore[attr-defined]
        return list(found.items())

    def leaves(self) -> Iterator[Parser]:
        """Yield the commands below this one that have none below them."""
        for action in self._actions:
            if isinstance(action.choices, Mapping):
                for command in action.choices.values():
                    below = [*command.leaves()]
                    yield from below or [command]

    def commands(self, **settings: Any) -> Any:
        """Begin the list of commands that follow here; argparse keeps the class of it to itself."""
        return self.add_subparsers(title=_("polecenia"), metavar=_("POLECENIE"), **settings)


def build(environ: Mapping[str, str]) -> Parser:
    """Return the parser of a command line, in the language that is spoken."""
    argparse_in_polish.install()
    parser = Parser(
        prog=PROGRAM,
        description=_(
            "Symulator zamawiania mLegitymacji w terminalu. SYMULACJA — NIE JEST DOKUMENTEM.\n"
            "Bez polecenia otwiera program na całym ekranie."
        ),
        epilog=_(
            "Kody wyjścia: 0 zrobione, 1 odmowa (powód na wyjściu błędów), 2 błędne użycie,\n"
            "3 magazynu danych nie można użyć, 4 zdjęcia ekranów się nie zgadzają,\n"
            "5 odmowa zalogowania, 130 przerwano.\n"
            "Zmienne: MLEG_TUI_STORE, MLEG_TUI_PASSWORD, MLEG_TUI_LANG, MLEG_TUI_SPEED,\n"
            "MLEG_TUI_SEED, MLEG_TUI_NOW, MLEG_TUI_CONFIG, NO_COLOR."
        ),
    )
    wish = environ.get(languages.VARIABLE)
    if wish and wish not in languages.LANGUAGES:
        told = _("{name}: do wyboru {known}")
        known = ", ".join(languages.LANGUAGES)
        parser.error(told.format(name=languages.VARIABLE, known=known))
    parser.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {__version__}",
        help=_("pokazuje wersję"),
    )
    _add_program(parser)
    groups = parser.commands(dest="group", required=False)
    for name, summary in _groups():
        groups.add_parser(name, group=name, help=summary, description=summary)
    return parser


def refuse_active(argv: Sequence[str]) -> None:
    """Raise ``BadUsage`` for a word with a character that does something where it is shown.

    A pasted list may be on several lines. Bytes that are no UTF-8 pass: names of files have them.
    """
    for number, option, word in _named(argv):
        text = word.encode(errors="ignore").decode()
        problem = fault_of(" ".join(text.split()) if option == "--ids" else text)
        if problem is not None:
            field = option or _("{number}. argument").format(number=number)
            raise BadUsage(problem=NotInert(field=field, problem=problem), command=PROGRAM)


def _named(argv: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the place of every word, the option that it is a value of, and the word."""
    before = ""
    for number, word in enumerate(argv, start=1):
        option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        yield number, "", option
        yield number, option or before, value
        before = "" if equals else option


def whole(environ: Mapping[str, str]) -> Parser:
    """Return the parser with all its commands described."""
    parser = build(environ)
    for group in parser.leaves():
        group.describe()
    return parser


def _groups() -> tuple[tuple[str, str], ...]:
    return (
        ("order", _("zamówienie mLegitymacji jako zwykłe wiersze tekstu")),
        ("phone", _("telefon z aplikacją mObywatel jako zwykłe wiersze tekstu")),
        ("office", _("dziekanat: zamówienia, studenci i decyzje jako zwykłe wiersze tekstu")),
        ("time", _("czas symulacji, wspólny dla całego magazynu danych")),
        ("simulation", _("przełączniki symulacji; nie są częścią prawdziwych systemów")),
        ("scenario", _("scenariusze: problemy, które ludzie naprawdę mają")),
        ("class", _("zajęcia: te same ćwiczenia dla wielu osób, każda we własnym świecie")),
        ("store", _("magazyn danych")),
        ("serve", _("program dla tych, którzy siedzą gdzie indziej: przez SSH i na stronie WWW")),
        ("demo", _("pokaz: sprawa, która rozgrywa się sama; także do nagrania")),
        ("guide", _("instrukcja uczelni krok po kroku, z obrazami ekranów")),
        ("screens", _("wszystkie ekrany jako zdjęcia, do testów w CI")),
        ("keys", _("klawisze w użyciu, jako plik konfiguracji do własnych zmian")),
        ("doctor", _("pokazuje, co warto podać w zgłoszeniu błędu")),
        ("completion", _("skrypt, dzięki któremu powłoka dokańcza polecenia")),
        ("manual", _("strona podręcznika, np.: mleg-tui manual | man -l -")),
    )


def refuse_misplaced(parsed: argparse.Namespace) -> None:
    """Raise ``BadUsage`` for an option of the program's screen that stands with a command."""
    given = [name for name in _SCREEN_ONLY if name in parsed and not parsed.obeyed_by.takes(name)]
    if given:
        options = ", ".join(f"--{name}" for name in given)
        problem = _("tylko bez polecenia działa: {options}").format(options=options)
        raise BadUsage(problem=problem, command=PROGRAM)


def _add_program(parser: Parser) -> None:
    screen = parser.add_argument_group(_("opcje programu"))
    screen.add_argument("--university", metavar="ID", help=_("uczelnia na stronie logowania"))
    screen.add_argument(
        "--scenario", metavar=_("NAZWA"), help=_("przygotowuje scenariusz i konto do niego")
    )
    screen.add_argument(
        "--speed",
        metavar="N",
        help=_("ile razy szybciej płynie czas symulacji, dopóki program działa"),
    )
    screen.add_argument("--theme", metavar=_("NAZWA"), help=_("motyw kolorów"))
    screen.add_argument(
        "--plain",
        action="store_true",
        help=_("dla czytników ekranu: bez ramek, w jednej kolumnie, bez ruchu"),
    )
    screen.add_argument("--user", metavar="LOGIN", help=_("konto, na które się zalogować"))
    screen.add_argument(
        "--config", metavar=_("PLIK"), help=_("plik konfiguracji, w którym są klawisze")
    )
    screen.add_argument(
        "--screen",
        choices=("usosweb", "mobilny-usos", "mobywatel", "office"),
        help=_("od czego zacząć po zalogowaniu"),
    )
    screen.add_argument(
        "--follow",
        choices=("live", "as-in-usosweb"),
        help=_("strona śledzi zamówienie sama albo, jak w USOSweb, po odświeżeniu"),
    )
    screen.add_argument(
        "--served",
        nargs="?",
        const="",
        metavar=_("ADRES"),
        help=_("dla kogoś, kto łączy się z innej maszyny: na tej nie zapisuje żadnych plików"),
    )
