"""Texts of the data, which bring their translations along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

SOURCE_LANGUAGE = "pl"
"""The language of the messages in the code; every text of the data has it, too."""


class LocalText(Mapping[str, str]):
    """A text of the data: language → text. Polish stands in for a language that it lacks.

    A language is named by its two letters in ISO 639-1.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        if SOURCE_LANGUAGE not in texts:
            message = "a text is there in Polish at least"
            raise ValueError(message)
        if not all(map(_is_code, texts)):
            message = "a language is named by two letters"
            raise ValueError(message)
        if not all(text.strip() for text in texts.values()):
            message = "a text has letters in each of its languages"
            raise ValueError(message)
        self._texts = dict(texts)

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(self._texts[SOURCE_LANGUAGE])

    def __repr__(self) -> str:
        return f"LocalText({self._texts!r})"

    def as_dict(self) -> dict[str, str]:
        """Return language → text; faster than to go through it as a mapping."""
        return self._texts.copy()

    def in_language(self, code: str) -> str:
        """Return the text in a language, the Polish one if it has none."""
        return self._texts.get(code, self._texts[SOURCE_LANGUAGE])


def _is_code(language: str) -> bool:
    letters = language.isascii() and language.isalpha() and language.islower()
    return letters and len(language) == len(SOURCE_LANGUAGE)
