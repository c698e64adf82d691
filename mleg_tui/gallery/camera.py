"""Run an app without a terminal, bring it where the picture is wanted, and take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mleg_tui.gallery.freeze import freeze, still
from mleg_tui.gallery.picture import Picture, picture
from mleg_tui.gallery.settle import settle

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.pilot import Pilot

Act: TypeAlias = "Callable[[Pilot[Any]], Awaitable[object]]"
"""What is done on the screen before the picture."""


async def take(
    app_factory: Callable[[], App[Any]],
    size: tuple[int, int],
    act: Act | None = None,
    *,
    name: str = "screen",
    lang: str = "pl",
) -> Picture:
    """Run a new app at `size` (columns, rows), act on it, and give the picture at rest.

    Raises what the app raises, and TimeoutError when it does not come to rest.
    """
    app = app_factory()
    freeze(app)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app)
        if act is not None:
            await act(pilot)
            await settle(app)
        still(app)
        await settle(app)
        return picture(app, name, lang)
