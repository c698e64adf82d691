"""``mleg-tui screens --check``: which screens no longer match their golden files."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.screens_taking import choice, taken
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.gallery.check import REPORT, Finding, Problem, verdicts
from mleg_tui.gallery.folder import Folder, versions
from mleg_tui.locale import _, ngettext

DIFFERENT = 4
"""The exit status where pictures differ."""
_IN_FULL = 5
"""Of so many pictures the changed lines are shown; of more only the names."""

_TOLD: dict[Problem, MessageId] = {
    Problem.DIFFERENT: N_("różni się: {name}"),
    Problem.MISSING: N_("brakuje: {name}"),
    Problem.SURPLUS: N_("nadmiarowe: {name}"),
    Problem.FAILED: N_("nie udało się zrobić: {name}"),
}


def run(arguments: Arguments, path: Path) -> int:
    """Compare; return the exit status."""
    folder, actual = Folder(path), Folder(Path(arguments.actual))
    chosen = choice(arguments)
    wanted = chosen.shots()
    surplus = [Finding(name, Problem.SURPLUS) for name in folder.surplus(chosen)]
    before, now = folder.versions(), versions()
    if before is not None and before != now:
        _tell_versions(before, now)
    pictures = taken(arguments, wanted, drawn=False)
    findings = [*surplus, *verdicts(folder, pictures, actual)]
    report = actual.path / REPORT
    shown = str(report) if any(finding.now for finding in findings) else None
    if arguments.json:
        output.show_json(_document(findings, len(wanted), before, now, shown))
    else:
        output.show(_lines(findings))
    _tell_outcome(findings, len(wanted), shown)
    return DIFFERENT if findings else 0


def _tell_versions(before: str, now: str) -> None:
    told = _("Uwaga: zdjęcia zrobiono inną wersją: {before}; teraz: {now}")
    output.tell(told.format(before=", ".join(before.splitlines()), now=", ".join(now.splitlines())))


def _lines(findings: list[Finding]) -> list[str]:
    lines = []
    in_full = _IN_FULL
    for finding in findings:
        lines.append(_(_TOLD[finding.problem]).format(name=finding.name))
        changes = finding.changes() if in_full else []
        lines += [f"  {line}" for line in changes]
        in_full -= bool(changes)
    return lines


def _tell_outcome(findings: list[Finding], compared: int, report: str | None) -> None:
    told = ngettext("Porównano {count} zdjęcie.", "Porównano {count} zdjęcia.", compared)
    output.tell(told.format(count=compared))
    if findings:
        told = ngettext("{count} się nie zgadza.", "{count} się nie zgadzają.", len(findings))
        output.tell(told.format(count=len(findings)))
    if report is not None:
        output.tell(_("Obok siebie: {path}").format(path=report))


def _document(
    findings: list[Finding], compared: int, before: str | None, now: str, report: str | None
) -> dict[str, object]:
    return {
        "compared": compared,
        "versions": {"kept": _by_name(before), "present": _by_name(now)},
        "findings": [
            {"name": each.name, "problem": each.problem.value, "changes": each.changes()}
            for each in findings
        ],
        "report": report,
    }


def _by_name(versions: str | None) -> dict[str, str] | None:
    if versions is None:
        return None
    pairs = (line.partition(" ") for line in versions.splitlines())
    return {name: version for name, _space, version in pairs}
