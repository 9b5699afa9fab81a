"""Reports of another file, adapted: the chapters that an organisation takes, in its order, and those of its own.

What is adapted stays where it is: whoever ships it can add to it, and what is not named here comes along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced, copied
from gehoor.loading.merge.source_map import Path
from gehoor.loading.workspace.file import LoadedFile

ADAPTATIONS: Final = "adaptations"
_REPORTS: Final = "reports"
_CHAPTERS: Final = "chapters"
_FIGURES: Final = "figures"
_TAKE: Final = "take"
_SAID_OTHERWISE: Final = ("name", "explanation", "asks", "assesses", "internal")
"""What a chapter that is taken can say in the place of what it said."""


def adapt_reports(
    whole: Sourced, group: Mapping[str, LoadedFile], broken: Broken, problems: list[Problem]
) -> None:
    """Lay what an organisation says otherwise of reports over them. ``broken``: what could not be read, and may be the
    report that is meant."""
    known = list(whole.data.get(_REPORTS) or ())
    first: dict[str, Any] = {}
    for file in group.values():
        own = file.canonical
        for name, said in (own.data.get(ADAPTATIONS) or {}).items():
            path: Path = (ADAPTATIONS, name)
            place = own.spots.nearest(path).key
            if name in first:
                details = {"value": name, "first": f"{first[name].file}, regel {first[name].line}"}
                problems.append(Problem(place, "dubbel-in-bestanden", details))
                continue
            first[name] = place
            if name not in known and broken.excuses(_REPORTS, name):
                continue
            if name not in known:
                details = {"what": "Het verslag", "value": name, "hint": hint(name, known)}
                problems.append(Problem(place, "verwijst-naar-niets", details))
            elif isinstance(said, Mapping):
                problems += _adapt(whole, name, own)


def chapter_order(names: Sequence[str], taken: Sequence[str]) -> list[int | str]:
    """Return in which order chapters come: those of an adaptation by their index, those that it does not name by their
    name, each after the one that it came after. ``names``: of the report that is adapted; ``taken``: what each chapter
    of the adaptation takes of it, empty for one of its own."""
    order: list[int | str] = list(range(len(taken)))
    for number, name in enumerate(names):
        if name in taken:
            continue
        before = names[number - 1] if number else None
        after = taken.index(before) if before in taken else before
        order.insert(order.index(after) + 1 if after is not None else 0, name)
    return order


def _adapt(whole: Sourced, name: str, own: Canonical) -> Iterator[Problem]:
    path: Path = (_REPORTS, name)
    said = own.data[ADAPTATIONS][name]
    for keyword in said:
        if keyword != _CHAPTERS:
            whole.put((*path, keyword), own, (ADAPTATIONS, name, keyword))
    chapters = said.get(_CHAPTERS)
    report = whole.at(path)
    if not isinstance(chapters, list) or not isinstance(report.get(_CHAPTERS), list):
        return
    before = Sourced()
    before.put((_CHAPTERS,), whole, (*path, _CHAPTERS))
    names = [str(one.get("name")) for one in before.data[_CHAPTERS]]
    taken = [str(one.get(_TAKE, "")) for one in chapters]
    yield from _unknown(own, name, names, taken)
    whole.spots.prune((*path, _CHAPTERS))
    made: list[dict[str, Any]] = []
    report[_CHAPTERS] = made
    if spot := own.spots.exact((ADAPTATIONS, name, _CHAPTERS)):
        whole.spots.put((*path, _CHAPTERS), spot)
    for step in chapter_order(names, taken):
        if isinstance(step, int) and (chapters[step].get("dropped") or taken[step] not in ("", *names)):
            continue
        at: Path = (*path, _CHAPTERS, len(made))
        made.append({})
        if isinstance(step, str):
            whole.put(at, before, (_CHAPTERS, names.index(step)))
            continue
        here: Path = (ADAPTATIONS, name, _CHAPTERS, step)
        if taken[step]:
            whole.put(at, before, (_CHAPTERS, names.index(taken[step])))
            yield from _laid_over(whole, at, own, here)
        else:
            whole.put(at, own, here)


def _unknown(own: Canonical, report: str, names: Sequence[str], taken: Sequence[str]) -> Iterator[Problem]:
    """Yield that a chapter is taken that is not there, or is taken twice."""
    for index, one in enumerate(taken):
        if one and (one not in names or one in taken[:index]):
            place = own.spots.nearest((ADAPTATIONS, report, _CHAPTERS, index, _TAKE)).value
            left = [each for each in names if each not in taken]
            details = {"what": "Het hoofdstuk", "value": one, "hint": hint(one, left)}
            yield Problem(place, "verwijst-naar-niets", details)


def _laid_over(whole: Sourced, at: Path, own: Canonical, here: Path) -> Iterator[Problem]:
    """Lay what is said of a chapter that is taken over it, with the tables that come and without those that go."""
    chapter, said = whole.at(at), _at(own, here)
    for keyword in (_TAKE, *_SAID_OTHERWISE):
        if keyword in said:
            whole.put((*at, keyword), own, (*here, keyword))
    figures = chapter.get(_FIGURES) or []
    known = [one.get("name") for one in figures]
    without, inside = said.get("without") or [], said.get("kept-inside") or []
    yield from _unknown_tables(own, here, known)
    if not (without or inside) and _FIGURES not in said:
        return
    held = Sourced()
    held.data = {_FIGURES: copied(figures)}
    held.spots.graft((_FIGURES,), whole.spots.branch((*at, _FIGURES)))
    whole.spots.prune((*at, _FIGURES))
    left: list[dict[str, Any]] = []
    chapter[_FIGURES] = left
    for index, one in enumerate(known):
        if one not in without:
            left.append({})
            whole.put((*at, _FIGURES, len(left) - 1), held, (_FIGURES, index))
            if one in inside:
                left[-1]["internal"] = True
    for index in range(len(said.get(_FIGURES) or ())):
        left.append({})
        whole.put((*at, _FIGURES, len(left) - 1), own, (*here, _FIGURES, index))
    if not left:
        del chapter[_FIGURES]


def _unknown_tables(own: Canonical, here: Path, known: Sequence[Any]) -> Iterator[Problem]:
    """Yield that something is said of a table that is not in the chapter that is taken."""
    said = _at(own, here)
    for keyword in ("without", "kept-inside"):
        for index, name in enumerate(said.get(keyword) or []):
            if name not in known:
                details = {"what": "De tabel", "value": name, "hint": hint(name, known)}
                yield Problem(
                    own.spots.nearest((*here, keyword, index)).value, "verwijst-naar-niets", details
                )


def _at(own: Canonical, path: Path) -> Mapping[str, Any]:
    found: Any = own.data
    for step in path:
        found = found[step]
    return found if isinstance(found, Mapping) else {}
