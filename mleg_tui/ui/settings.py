"""What somebody may choose for themselves, whichever session it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.languages import LANGUAGES
from mleg_tui.ui.keymap import PRESETS, Keymap, Keys, keymap

LIVE, AS_IN_USOSWEB = "live", "as-in-usosweb"
THEME_LABELS: Mapping[str, MessageId] = {
    "usosweb": N_("jasny USOSweb"),
    "usosweb-dark": N_("ciemny USOSweb"),
    "contrast": N_("wysoki kontrast"),
    "ansi": N_("kolory terminala"),
}
DEFAULT_THEME = "usosweb"
CHOICES: Mapping[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "theme": tuple(THEME_LABELS),
    "follow": (LIVE, AS_IN_USOSWEB),
    "plain": (False, True),
    "preset": tuple(PRESETS),
}
"""What can be chosen, by the entries of the configuration file."""


class Settings(NamedTuple):
    """What was chosen, as ``CHOICES`` has it; what was not is ``None``.

    ``keys`` are changes to the preset.
    """

    language: str | None = None
    theme: str | None = None
    follow: str | None = None
    plain: bool | None = None
    preset: str = "default"
    keys: Keys = MappingProxyType({})

    @property
    def keymap(self) -> Keymap:
        """The keys that the preset and the changes make. Raises ``BadKeymap``."""
        return keymap(self.preset, self.keys)
