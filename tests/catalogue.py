"""The message catalogue: extracted from the source, kept complete, compiled.

``python -m tests.catalogue`` rewrites the files of every language, ``--check`` only says what is
wrong with them. Either ends with status 1 while a translation is missing. Nothing is guessed: a new
message comes in empty, a message that is gone goes out. No dates, line numbers or tool versions
are written, so a difference is always one of meaning.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mleg_tui.domain.messages import NOTICE
from mleg_tui.domain.text import SOURCE_LANGUAGE
from mleg_tui.languages import FOLDER, LANGUAGES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mleg_tui"
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_HEADER = """\
Project-Id-Version: mleg-tui
Language: {language}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
Plural-Forms: {plurals}
"""

Id = str | tuple[str, str]


class SteadyCatalogue(Catalog):
    """A catalogue whose header tells nothing that changes by itself.

    Its plural forms are as the file has them, in a new one as Babel knows them.
    """

    def __init__(self, old: Catalog) -> None:
        super().__init__(locale=old.locale, header_comment="# mleg-tui's messages.")
        self._header = _HEADER.format(language=old.locale, plurals=old.plural_forms)

    def __iter__(self) -> Iterator[Message]:
        yield Message("", string=self._header)
        for message in super().__iter__():
            if message.id:
                message.flags.clear()  # which of them Babel knows depends on its version
                yield message


@dataclass(frozen=True)
class Files:
    """What the files of one language should hold, and which messages it lacks.

    ``notice`` is the one message that the first frame needs, before the catalogue is loaded.
    """

    language: str
    po: bytes
    mo: bytes
    notice: bytes
    untranslated: tuple[Id, ...]

    @property
    def expected(self) -> dict[Path, bytes]:
        """Path → content."""
        return {
            po_path(self.language): self.po,
            mo_path(self.language): self.mo,
            Path(FOLDER) / self.language / "notice.txt": self.notice,
        }


def po_path(language: str) -> Path:
    """Return where a language's translations are."""
    return Path(FOLDER) / language / "LC_MESSAGES" / "mleg_tui.po"


def mo_path(language: str) -> Path:
    """Return where a language's compiled translations are."""
    return po_path(language).with_suffix(".mo")


def read(language: str) -> Catalog:
    """Return the translations as they are written down; none where there is no file yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extract() -> dict[Id, list[str]]:
    """Return every message of the source, with the files that it stands in."""
    found: dict[Id, list[str]] = {}
    for name, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=_KEYWORDS
    ):
        files = found.setdefault(_id(message), [])
        files.append(f"mleg_tui/{name}")
    return found


def _id(message: str | tuple[str, ...]) -> Id:
    if isinstance(message, str):
        return message
    one, many = message
    return one, many


def up_to_date(language: str, messages: dict[Id, list[str]]) -> Files:
    """Return a language's files as they should be: today's messages, the translations kept."""
    old = read(language)
    new = SteadyCatalogue(old)
    for id_, files in messages.items():
        known = old.get(id_)
        text = known.string if known and known.id == id_ and not known.fuzzy else ""
        if isinstance(id_, tuple) and not text:
            text = ("",) * old.num_plurals
        new.add(id_, text, locations=[(file, 0) for file in sorted(set(files))])
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, new, width=100, sort_output=True, include_lineno=False)
    write_mo(mo, new)
    lacking = tuple(m.id for m in new if m.id and not is_translated(m, old))
    notice = f"{new[NOTICE].string or NOTICE}\n".encode()
    return Files(language, po.getvalue(), mo.getvalue(), notice, lacking)  # type: ignore[arg-type]


def is_translated(message: Message, catalogue: Catalog) -> bool:
    """Tell whether a message has all that the language needs; a Polish one is its own text."""
    if isinstance(message.id, str):
        return bool(message.string) or str(catalogue.locale) == SOURCE_LANGUAGE
    forms = message.string or ()
    return len(forms) == catalogue.num_plurals and all(forms)


def complaints(files: Iterable[Files]) -> Iterator[str]:
    """Yield what is wrong with the files on disk and with the translations."""
    for each in files:
        for path, content in each.expected.items():
            if not path.exists() or path.read_bytes() != content:
                yield f"{path.relative_to(ROOT).as_posix()} is out of date"
        for id_ in each.untranslated:
            yield f"{each.language}: not translated: {id_!r}"


def main(arguments: list[str]) -> int:
    """Write, or with ``--check`` only compare."""
    messages = extract()
    files = [up_to_date(language, messages) for language in LANGUAGES]
    if arguments != ["--check"]:
        for each in files:
            for path, content in each.expected.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    wrong = list(complaints(files))
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
