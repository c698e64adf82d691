"""The instruction as one HTML file with nothing outside of it, for a browser and for A4 paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mleg_tui.domain.messages import NOTICE
from mleg_tui.guide.instruction import Instruction
from mleg_tui.guide.performance import Pictured, Played
from mleg_tui.guide.words import CONTENTS, FACTS, KEY, MISHAPS, TROUBLES, about, practise, sources
from mleg_tui.locale import _

_STYLE = """
:root { color-scheme: light }
body { margin: 0 auto; max-width: 52rem; padding: 1rem; color: #14202e; background: #fff;
  font: 1rem/1.5 "Noto Sans", "DejaVu Sans", Arial, sans-serif }
h1, h2, h3 { line-height: 1.25; color: #0b2a52; break-after: avoid }
h1 { font-size: 1.75rem } h2 { font-size: 1.4rem; margin-top: 2.5rem } h3 { font-size: 1.05rem }
a { color: #1c4d8f }
.notice { margin: 0; padding: .5rem 1rem; font-weight: bold; text-align: center;
  color: #5c3d00; background: #fff1cf; border: 2px solid #7a5200 }
.steps { list-style: none; counter-reset: step; padding: 0 }
.steps > li { counter-increment: step; margin: 1.5rem 0; padding-left: 3rem; position: relative;
  break-inside: avoid }
.steps > li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 2rem;
  height: 2rem; border-radius: 50%; text-align: center; font-weight: bold; line-height: 2rem;
  color: #fff; background: #1c4d8f; print-color-adjust: exact; -webkit-print-color-adjust: exact }
.steps p { margin: .25rem 0 .5rem }
.press { display: inline-block; margin: 0 .35rem .35rem 0; padding: .1rem .7rem;
  border: 2px solid #c2185b; border-radius: .25rem; font-weight: bold }
.keys { color: #45525f; font-size: .9rem }
kbd { padding: 0 .35rem; border: 1px solid #45525f; border-radius: .2rem; font-family: monospace }
figure { margin: 0 } svg { display: block; width: 100%; height: auto }
dt { font-weight: bold; break-after: avoid } dd { margin: 0 0 .75rem 1.5rem }
.repair::before { content: "→ " } .source { color: #45525f; font-size: .9rem }
@page { size: A4; margin: 14mm 15mm }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt }
  section { break-before: page }
  .steps > li { margin: 0 0 6mm } svg { width: auto; max-width: 100%; max-height: 112mm }
  svg.tall { max-height: 205mm }
  .notice, .press { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  dl > div, li { break-inside: avoid } a { color: inherit; text-decoration: none }
}
"""


def page(told: Instruction) -> str:
    """Return the file's text."""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{told.language}">',
            "<head>",
            '<meta charset="utf-8"/>',
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
            f"<title>{escape(told.title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *_head(told),
            "<main>",
            *(line for chapter in told.chapters for line in _chapter(chapter)),
            *_troubles(told),
            *_facts(told),
            "</main>",
            f'<footer><p class="notice">{escape(_(NOTICE))}</p></footer>',
            "</body>",
            "</html>",
            "",
        )
    )


def _head(told: Instruction) -> Iterator[str]:
    yield "<header>"
    yield f'<p class="notice">{escape(_(NOTICE))}</p>'
    yield f"<h1>{escape(told.title)}</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in about(told))
    contents = [(one.chapter.id, one.chapter.title) for one in told.chapters]
    contents += [("troubles", _(TROUBLES)), ("facts", _(FACTS))]
    yield f'<nav aria-label="{escape(_(CONTENTS))}"><ol>'
    yield from (f'<li><a href="#{id}">{escape(title)}</a></li>' for id, title in contents)
    yield "</ol></nav>"
    yield "</header>"


def _chapter(played: Played) -> Iterator[str]:
    chapter = played.chapter
    yield f'<section class="chapter" id="{chapter.id}" aria-labelledby="{chapter.id}-head">'
    yield f'<h2 id="{chapter.id}-head">{escape(chapter.title)}</h2>'
    yield f"<p>{escape(chapter.about)}</p>"
    yield '<ol class="steps">'
    for step in played.steps:
        yield from _step(step)
    yield "</ol>"
    yield "</section>"


def _step(step: Pictured) -> Iterator[str]:
    yield f"<li><p>{escape(step.say)}</p>"
    if step.labels:
        pressed = "".join(f'<span class="press">{escape(label)}</span>' for label in step.labels)
        yield f"<p>{pressed}</p>"
    if step.keys:
        keys = " ".join(f"<kbd>{escape(key)}</kbd>" for key in step.keys)
        yield f'<p class="keys">{escape(_(KEY))} {keys}</p>'
    yield f"<figure>{step.svg}</figure></li>"


def _troubles(told: Instruction) -> Iterator[str]:
    yield '<section id="troubles" aria-labelledby="troubles-head">'
    yield f'<h2 id="troubles-head">{escape(_(TROUBLES))}</h2>'
    for unmet in told.unmet:
        yield f"<h3>{escape(unmet.label)}</h3>"
        yield "<dl>"
        for why, repair in unmet.causes:
            yield f'<div><dt>{escape(why)}</dt><dd class="repair">{escape(repair)}</dd></div>'
        yield "</dl>"
    if told.mishaps:
        yield f"<h3>{escape(_(MISHAPS))}</h3>"
        yield f"<p>{escape(practise())}</p>"
        yield "<dl>"
        for mishap in told.mishaps:
            yield (
                f"<div><dt>{escape(mishap.title)}</dt><dd>{escape(mishap.lesson)} "
                f'<span class="source">({escape(mishap.scenario)})</span></dd></div>'
            )
        yield "</dl>"
    yield "</section>"


def _facts(told: Instruction) -> Iterator[str]:
    yield '<section id="facts" aria-labelledby="facts-head">'
    yield f'<h2 id="facts-head">{escape(_(FACTS))}</h2>'
    yield f"<p>{escape(sources())}</p>"
    yield "<ul>"
    for fact in told.facts:
        source = f'<span class="source">({escape(fact.source)})</span>'
        yield f"<li>{escape(fact.text)} {source}</li>"
    yield "</ul>"
    yield "</section>"
