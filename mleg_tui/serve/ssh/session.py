"""What a client asked for on its channel: a screen for its terminal, or one plain command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import asyncssh

from mleg_tui import languages
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.serve.session import ServedSession, ServerContext
from mleg_tui.serve.settings import SshSettings
from mleg_tui.serve.ssh.asyncssh_internals import Channel, ChannelStream
from mleg_tui.serve.ssh.authentication import Authentication
from mleg_tui.serve.ssh.plain_commands import PlainCommands
from mleg_tui.serve.terminal import Terminal, clamped, printable
from mleg_tui.services.session import Session

_CANNOT_SHOW = 2
_NO_SCREEN = N_(
    "Ten terminal nie pokaże ekranu programu. Połącz się z terminala (ssh -t) albo,"
    " jeśli serwer rozpoznaje konta (--ssh-login), podaj polecenie, np.: order status --json."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SshContext(ServerContext):
    """What all connections of a process share."""

    settings: SshSettings
    authentication: Authentication
    commands: PlainCommands


class SshSession(ServedSession, asyncssh.SSHServerSession[bytes]):
    """A session on a channel."""

    def __init__(
        self,
        context: SshContext,
        *,
        name: str,
        host: str,
        who: Session | None,
        started: Callable[[], None],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(context, host=host, name=name, who=who)
        self._commands = context.commands
        self._follows_locale = context.settings.follows_locale
        self._started = started
        self._ended = ended
        self._terminal: Terminal | None = None
        self._command: str | None = None

    def connection_made(self, chan: Channel) -> None:
        """Take the channel."""
        self._channel = chan
        self._output = ChannelStream(chan)
        self.open(self._output)

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object
    ) -> bool:
        """Note the terminal; ours needs no pty."""
        del term_modes
        self._terminal = Terminal(printable(term_type))
        self._size = clamped(*term_size[:2])
        self._output.in_terminal = True
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Take the window's new size."""
        del pixwidth, pixheight
        self.resize(width, height)

    def shell_requested(self) -> bool:
        """Take the request: the shell is the program."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Take the request; what may be run is checked later."""
        self._command = command
        return True

    def session_started(self) -> None:
        """Do what was asked."""
        self._started()
        if self._command is not None:
            self.begin(self._obey(self._command))
        elif self._terminal is None or not self._terminal.can_draw:
            self.begin(self._refuse())
        else:
            self.begin(self.show(Terminal(self._terminal.name, self._variables())))

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Take what the visitor types."""
        del datatype
        self.receive(data)

    def eof_received(self) -> bool:
        """End the program of somebody who will type nothing more; a command reads to its end."""
        self._stream.input.end()
        self.end(None)
        return True

    def signal_received(self, signal: str) -> None:
        """End where the client is told to."""
        if signal in ("HUP", "TERM"):
            self.end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End what nobody looks at."""
        del exc
        self.hang_up()

    def end(self, why: MessageId | None) -> None:
        """End the session; a command goes on to its end."""
        if self._command is None:
            super().end(why)

    def close(self, status: int) -> None:
        """Tell the client how it ended."""
        if not self._channel.is_closing():
            self._channel.exit(status)
            self._ended()

    async def _obey(self, command: str) -> None:
        self._status = await self._commands.run(command, self._who, self._host, self._output)

    async def _refuse(self) -> None:
        self._output.tell(_(_NO_SCREEN))
        self._status = _CANNOT_SHOW

    @property
    def language(self) -> str:
        """The language of the visitor's locale, if they send one and it is to be followed."""
        otherwise = super().language
        if not self._follows_locale:
            return otherwise
        return languages.of_locale(self._variables(), otherwise=otherwise)

    def _variables(self) -> dict[str, str]:
        sent = self._channel.get_environment_bytes()
        return {
            name.decode("ascii", "replace"): value.decode("utf-8", "replace")
            for name, value in sent.items()
        }
