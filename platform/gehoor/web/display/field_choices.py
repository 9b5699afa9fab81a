"""Fields to choose from, as people know them: by the phase that they are filled in, each called so that no other one
is, and never by a code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from gehoor.core.proposals.asking import FieldPlace
from gehoor.core.proposals.sheets import Choice
from gehoor.core.text.normalise import plain, plain_words


@dataclass(frozen=True)
class FieldNames:
    """The fields that a report can be about. ``names``: what each is called; ``groups``: their names, by phase."""

    names: Mapping[str, str]
    groups: Mapping[str, Sequence[str]]
    elsewhere: frozenset[str]
    """Those that not every department has: no report of all of them counts by one."""

    def grouped(
        self, choices: Iterable[Choice], without: Iterable[str] = (), chosen: str = ""
    ) -> list[tuple[str, list[Choice]]]:
        """Return choices by the phase of the field that each is; what is no field comes first, in no group. What is
        ``chosen`` already is always among them."""
        left_out = {*without, *self.elsewhere} - {chosen}
        offered = {one.value: one for one in choices if one.value not in left_out}
        others = [one for one in offered.values() if one.value not in self.names]
        found = [("", others)] if others else []
        for phase, names in self.groups.items():
            inside = [Choice(name, self.names[name]) for name in names if name in offered]
            if inside:
                found.append((phase or str(_("Over het hele dossier")), inside))
        return found


def field_names(places: Iterable[FieldPlace]) -> FieldNames:
    """Return the fields by what they are called: one that is called as another, with its phase before it."""
    every = list(places)
    plain = {one.name: _behind(one.rows, one.title) if one.rows else one.title for one in every}
    often = Counter(plain.values())
    names: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for one in every:
        said = plain[one.name]
        if often[said] > 1 and one.phase:
            said = _behind(one.phase, said)
        names[one.name] = _free(said, names.values())
        groups.setdefault(one.phase, []).append(one.name)
    # What is in no phase comes last.
    order = sorted(groups, key=lambda phase: not phase)
    return FieldNames(
        names,
        {phase: groups[phase] for phase in order},
        frozenset(one.name for one in every if not one.everywhere),
    )


def matching(choices: Iterable[Choice], asked: str, chosen: str = "") -> list[Choice]:
    """Return the choices that fit what somebody looks for, and what is ``chosen`` already; all where none fits."""
    every = list(choices)
    found = fitting(every, asked)
    return [one for one in every if one in found or one.value == chosen] if found else every


def fitting(choices: Iterable[Choice], asked: str) -> list[Choice]:
    """Return the choices of which what they are called has every word that somebody looks for."""
    words = plain_words(asked)
    return [one for one in choices if all(word in plain(one.label) for word in words)]


def _behind(first: str, title: str) -> str:
    """Return a title behind what it stands in: with a small letter, unless it begins with an abbreviation or comes
    after a question."""
    if first.endswith("?"):
        return f"{first} {title}"
    is_word = title[1:2].islower() or title[1:2] == " "
    return f"{first}: {title[:1].lower() + title[1:] if is_word else title}"


def _free(said: str, taken: Iterable[str]) -> str:
    used, number = set(taken), 1
    found = said
    while found in used:
        number += 1
        found = f"{said} ({number})"
    return found
