"""The strip below the notice: which class, who one is there, and what the trainer says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from mleg_tui.locale import _, local
from mleg_tui.ui.classroom.standing import Standing
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.bars import both_ends
from mleg_tui.ui.widgets.translated import Lines


class ClassStrip(Lines):
    """Takes its lines from the page, so that it covers nothing; without a class there is none."""

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
        exercise = _("ćwiczenie {number} z {count}").format(
            number=standing.number, count=standing.count
        )
        where = f"{standing.classroom} · {standing.nickname} · {exercise}"
        heading = Content.styled(f"{_('ZAJĘCIA')}  ", "bold")
        own = Content("  ").join(self._signs(standing))
        return [both_ends(Content.assemble(heading, where), own, width), *self._said(width)]

    def _signs(self, standing: Standing) -> Iterator[Content]:
        if standing.is_done:
            yield Content(_("✓ wszystkie ćwiczenia za Tobą"))
        elif standing.may_go_on:
            yield self._link("class.next", _("następne ćwiczenie"))
        elif standing.said is not None and not standing.reads:
            yield self._link("class.message", _("wiadomość"))

    def _said(self, width: int) -> Iterator[Content]:
        standing = program_of(self).standing
        if standing is None or standing.said is None or not standing.reads:
            return
        who = _("PODPOWIEDŹ") if standing.said.is_hint else _("PROWADZĄCY")
        text = Content.assemble((f"{who}  ", "bold"), local(standing.said.text))
        hide = self._link("class.message", _("schowaj"))
        *lines, last = text.wrap(width)
        yield from lines
        if last.cell_length + hide.cell_length < width:
            yield both_ends(last, hide, width)
        else:
            yield last
            yield both_ends(Content(""), hide, width)

    def _link(self, command: str, label: str) -> Content:
        """Return a command's key with a word, to be clicked as well."""
        return Content.from_markup(
            f"[@click=app.command('{command}')][b]$key[/b] $label[/]",
            key=program_of(self).keymap.shown(command),
            label=label,
        )
