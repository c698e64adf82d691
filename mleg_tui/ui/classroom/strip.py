"""The strip below the notice: which class, who one is there, and what the trainer says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from mleg_tui.locale import _, local
from mleg_tui.ui.classroom.standing import Said, Standing
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.bars import ROOMY_HEIGHT, both_ends
from mleg_tui.ui.widgets.translated import Lines


class ClassStrip(Lines):
    """Takes its lines from the page, so that it covers nothing; without a class there is none.

    Where one stands is told in it only where there is room: the notice above tells it briefly.
    """

    DEFAULT_CSS = """
    ClassStrip {
        dock: top; height: auto; margin: 1 0 0 0; padding: 0 1;
        background: $simulator-background; color: $simulator-foreground;
        link-style: none; link-color: $simulator-foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $simulator-foreground;
    }
    """

    def on_mount(self) -> None:
        """Tell where one stands from the first picture on."""
        self.watch(self.app, "standing", self._take_up)

    def _take_up(self, standing: Standing | None) -> None:
        self.display = standing is not None
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Content]:
        """Return where one stands, and what the trainer says."""
        standing = program_of(self).standing
        if standing is None:
            return ()
        where = [self._where(standing, width)] if self.app.size.height >= ROOMY_HEIGHT else []
        return [*where, *self._read(standing.reads, width)]

    def _where(self, standing: Standing, width: int) -> Content:
        exercise = _("ćwiczenie {number} z {count}").format(
            number=standing.number, count=standing.count
        )
        heading = _("ZAJĘCIA")
        where = f"{standing.classroom} · {standing.nickname} · {exercise}"
        sign = Content("")
        if standing.is_done:
            sign = Content(_("✓ wszystkie ćwiczenia za Tobą"))
        elif standing.said and not standing.reads:
            mark = "● " if standing.has_news else ""
            sign = Content.assemble(mark, self._link("class.message", _("wiadomość")))
        return both_ends(Content.assemble((f"{heading}  ", "bold"), where), sign, width)

    def _read(self, reads: Sequence[Said], width: int) -> Iterator[Content]:
        """Yield what the trainer says, with the key that puts it away."""
        lines = []
        for said in reads:
            who = _("PODPOWIEDŹ") if said.is_hint else _("PROWADZĄCY")
            text = Content.assemble((f"{who}  ", "bold"), local(said.text))
            lines += text.wrap(width)
        if lines:
            hide = self._link("class.message", _("schowaj"))
            if lines[-1].cell_length + hide.cell_length >= width:
                lines.append(Content(""))
            yield from lines[:-1]
            yield both_ends(lines[-1], hide, width)

    def _link(self, command: str, label: str) -> Content:
        """Return a command's key with a word, to be clicked as well."""
        return Content.from_markup(
            f"[@click=app.command('{command}')][b]$key[/b] $label[/]",
            key=program_of(self).keymap.shown(command),
            label=label,
        )
