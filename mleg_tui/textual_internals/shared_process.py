"""Many apps in one process, each for another terminal, where Textual expects a single one.

Touches what Textual and Rich keep private wherever apps would share what is each one's own, or
keep for each what all could share.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any, Literal

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._context import active_app
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor
from textual.strip import Strip

from mleg_tui.textual_internals.app import CalmApp


def prepare_process() -> None:
    """Let sessions share this process; call it before the first one.

    Strips, and the styles in them, remember how they were rendered first: each is to be rendered
    in the colours of whoever asks. And a cache of a method keeps a thousand widgets' strips alive.
    """
    Strip.render = _render  # type: ignore[method-assign, assignment]
    StylesCache.get_inner_outer = _inner_and_outer  # type: ignore[method-assign, assignment]


def _inner_and_outer(
    _cache: StylesCache, base_background: Color, background: Color
) -> tuple[Any, Any]:
    return _inner_and_outer_of(base_background, background)


@lru_cache(maxsize=1024)
def _inner_and_outer_of(base_background: Color, background: Color) -> tuple[Any, Any]:
    styles: tuple[Any, Any] = _GET_INNER_OUTER(_ANY_STYLES, base_background, background)
    return styles


_GET_INNER_OUTER: Any = StylesCache.get_inner_outer.__wrapped__
_ANY_STYLES = StylesCache()


class _Rendered(str):
    """A strip as it was rendered, and in which colours; Textual puts several into a plain one."""

    __slots__ = ("colors",)
    colors: ColorSystem


def _render(strip: Strip, console: Console) -> str:
    colors = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001
    known = strip._render_cache  # noqa: SLF001
    if isinstance(known, _Rendered) and known.colors is colors:
        return known
    parts = [
        text if style is None else _styled(text, style, Strip.render_ansi(style, colors))
        for text, style, _control in strip._segments  # noqa: SLF001
    ]
    rendered = _Rendered("".join(parts))
    rendered.colors = colors
    strip._render_cache = rendered  # noqa: SLF001
    return rendered


def _styled(text: str, style: Style, ansi: str) -> str:
    shown = f"\x1b[{ansi}m{text}\x1b[0m" if ansi else text
    if not style.link:
        return shown
    return f"\x1b]8;id={style.link_id};{style.link}\x1b\\{shown}\x1b]8;;\x1b\\"


class IsolatedApp(CalmApp):
    """An app that neither takes from nor does to its process what other apps there would notice."""

    def isolate(
        self, term: str, colors: Literal["standard", "256", "truecolor"], *, no_color: bool
    ) -> None:
        """Draw for a terminal of this kind; call it before the app runs."""
        self.console = Console(
            color_system=colors,
            file=self.console.file,
            markup=True,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            force_terminal=True,
            safe_box=False,
            soft_wrap=False,
            _environ={"TERM": term},
        )
        if no_color and not self.no_color:
            self.no_color = True
            filter_: LineFilter = NoColor() if self.native_ansi_color else Monochrome()
            self._filters.append(filter_)

    async def _process_messages(self, *arguments: Any, **named: Any) -> None:
        # Textual sets these as the process's own meanwhile; sessions do not end in turn.
        self._capture_stdout = sys.stdout  # type: ignore[assignment]
        self._capture_stderr = sys.stderr  # type: ignore[assignment]
        await super()._process_messages(*arguments, **named)

    def be_active(self) -> None:
        """Let this context, which is no task of the app's own, be taken for one."""
        active_app.set(self)

    def may_draw(self) -> bool:
        """Say whether the terminal takes a frame now."""
        return True

    def _display(self, screen: Any, renderable: Any) -> None:
        if self.may_draw():
            super()._display(screen, renderable)
        else:
            self.post_display_hook()

    def _print_error_renderables(self) -> None:
        """Keep what is to be said at the end; the terminal is not this process's."""
        said = [last for last in self._exit_renderables if isinstance(last, str)]
        self.last_words = said[0] if said else ""
        self._exit_renderables.clear()
