"""The commands of ``mleg-tui serve`` and their options."""

from __future__ import annotations

import argparse
from typing import Any

from mleg_tui.locale import _


def add(commands: Any) -> None:
    """Add the commands to the group's parser."""
    _add_ssh(
        _command(commands, "ssh", _("program przez SSH; każda sesja na tym samym magazynie danych"))
    )
    _add_web(_command(commands, "web", _("program na stronie WWW, do pokazów; bez logowania")))


def _add_ssh(ssh: argparse.ArgumentParser) -> None:
    ssh.add_argument(
        "--host-key",
        metavar=_("PLIK"),
        help=_("klucz serwera; powstaje przy pierwszym uruchomieniu"),
    )
    ssh.add_argument(
        "--workers",
        metavar="N",
        help=_("ile procesów prowadzi sesje (domyślnie po jednym na rdzeń)"),
    )
    who = ssh.add_argument_group(_("kto może wejść"))
    who.add_argument(
        "--ssh-login",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("SSH pyta o hasło konta programu i otwiera od razu USOSweb"),
    )
    who.add_argument(
        "--authorized-keys",
        metavar=_("KATALOG"),
        help=_("pliki z kluczami publicznymi, po jednym na konto, nazwane jak ono"),
    )
    limits = ssh.add_argument_group(_("ograniczenia"))
    for name, metavar, does in (
        ("--max-sessions", "N", _("sesji naraz (domyślnie 200)")),
        ("--max-per-address", "N", _("sesji naraz z jednego adresu (domyślnie 120)")),
        ("--new-per-minute", "N", _("nowych połączeń na minutę z jednego adresu (domyślnie 300)")),
        ("--login-time", _("CZAS"), _("na przedstawienie się (domyślnie 30s)")),
        ("--idle-time", _("CZAS"), _("bez naciśnięcia klawisza (domyślnie 30m)")),
        ("--longest", _("CZAS"), _("najdłuższa sesja (domyślnie 8h)")),
    ):
        limits.add_argument(name, metavar=metavar, help=does)


def _add_web(web: argparse.ArgumentParser) -> None:
    web.add_argument(
        "--name",
        dest="names",
        metavar=_("NAZWA"),
        action="append",
        default=[],
        help=_("nazwa, pod którą strona też odpowiada, np. za serwerem pośredniczącym"),
    )
    web.add_argument("--visitors", metavar="N", help=_("najwyżej tyle osób naraz (domyślnie 10)"))


def _command(commands: Any, name: str, does: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
    command.set_defaults(module=f"mleg_tui.cli.serve_{name}_commands")
    command.add_argument(
        "--host", metavar=_("ADRES"), help=_("gdzie nasłuchiwać (domyślnie 127.0.0.1)")
    )
    command.add_argument("--port", metavar="N", help=_("port; 0 to dowolny wolny"))
    command.add_argument(
        "--university", dest="begin_at", metavar="ID", help=_("uczelnia na stronie logowania")
    )
    command.add_argument("--theme", dest="look", metavar=_("NAZWA"), help=_("motyw kolorów"))
    command.add_argument(
        "--plain",
        dest="calm",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("dla czytników ekranu: bez ramek, w jednej kolumnie, bez ruchu"),
    )
    return command
