"""What holds on every screen of the catalogue; the run in which it is pictured serves for all."""

from __future__ import annotations

import os

from textual.widgets import Input

from mleg_tui.gallery.catalogue import SCENES, Scene
from mleg_tui.ui.availability import why_not
from mleg_tui.ui.commands import FOOTER_LENGTH, TOGETHER
from mleg_tui.ui.jump_targets import targets
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.themes import ANSI
from mleg_tui.ui.topic import PAGE_TITLES
from mleg_tui.ui.widgets.bars import KeyBar
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.translated import TranslatedButton
from tests.gallery.shots import SMALLEST
from tests.ui.focus import in_sight, see_that_tab_goes_as_one_reads, see_where_the_keys_go
from tests.ui.monkey import BURN, ROUNDS, let_a_monkey_play
from tests.ui.pilot import NOTICES, Play
from tests.ui.untranslated import see_no_word_of_its_own

USUAL, ROOMY = (80, 24), (160, 60)
FIRST_OF_PAGE = {name.rsplit(".", 1)[0]: name for name in reversed([*SCENES])}
"""Page → its first scene, on which the monkey stays longer."""


async def see_what_holds_on_every_screen(play: Play, scene: Scene) -> None:
    """Fail where something does not hold. The store of the play is not what it was before."""
    await play.resize(*(scene.size or USUAL))
    play.app.show_theme(ANSI.name)  # whose colours tell nothing
    await play.rest()
    see_that_commands_and_page_are_known(play)
    see_that_everything_in_sight_has_a_letter(play)
    assert all(isinstance(field, Entry) for field in play.app.screen.query(Input))
    see_that_tab_goes_as_one_reads(play.app.screen)
    await see_where_the_keys_go(play)
    await play.resize(*(scene.size or SMALLEST))
    for language in "pl", "en":
        see_the_notice(play, language, at_the_top=scene.size is None)
        see_that_no_button_is_cut(play)
        await play.give("app.language")
    await play.resize(*(scene.size or ROOMY))
    see_that_the_footer_fits(play)
    await see_no_word_of_its_own(play)


async def let_a_monkey_play_on(play: Play, scene: Scene) -> None:
    rounds = ROUNDS if BURN or scene.name in FIRST_OF_PAGE.values() else 1
    await let_a_monkey_play(play, os.urandom(8).hex() if BURN else scene.name, rounds)


def see_that_commands_and_page_are_known(play: Play) -> None:
    pages = [screen for screen in play.app.screen_stack if isinstance(screen, MlegScreen)]
    assert pages[-1].topic.text
    assert pages[-1].topic.name in PAGE_TITLES
    for page in pages:
        here = page.situation()
        assert any(here.places <= together for together in TOGETHER)
        may_leave = why_not("usosweb.logout", here) is None
        assert may_leave is (page.program.session is not None)


def see_that_everything_in_sight_has_a_letter(play: Play) -> None:
    found = targets(play.app.screen)
    assert len({target.label for target in found}) == len(found)
    assert {*in_sight(play.app.screen)} <= {target.widget for target in found}


def see_the_notice(play: Play, language: str, *, at_the_top: bool) -> None:
    assert NOTICES[language] in (play.text.splitlines()[0] if at_the_top else play.text)


def see_that_no_button_is_cut(play: Play) -> None:
    """Fail where a button goes on beyond the side of what is around it."""
    places = play.app.screen._compositor.full_map
    for button in play.app.screen.query(TranslatedButton):
        place = places.get(button)
        if place is not None and place.clip.overlaps(region := place.region):
            assert place.clip.x <= region.x < region.right <= place.clip.right, button.label


def see_that_the_footer_fits(play: Play) -> None:
    for bar in play.app.screen.query(KeyBar):
        assert 1 <= len(bar.keys) <= FOOTER_LENGTH
        shown = str(bar.render())
        assert all(command.label in shown for command, _refusal in bar.keys)
