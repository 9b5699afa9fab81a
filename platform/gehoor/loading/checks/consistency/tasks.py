"""Tasks, held against the fields of the dossier, or of the rows that they are of. They tell of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import fact_names
from gehoor.core.conditions.parse import GROUPS, build_condition
from gehoor.core.forms.fields import FieldType, type_of
from gehoor.core.forms.parse import fact_types, member_types
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_LETTER: Final = ("subject", "text")


def task_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield what is wrong with tasks, and with the terms and letters about them."""
    tasks = whole.data.get("tasks") or {}
    for name, task in tasks.items():
        yield from _Task(whole, ("tasks", name), task).problems()
    for name, term in whole.data["terms"].items():
        task = tasks.get(term.get("task", ""))
        if task is not None and task.get("every") != term.get("every"):
            wanted = (
                "een taak van dezelfde rijen" if "every" in term else "een taak van het dossier, zonder rijen"
            )
            spot = whole.spot(("terms", name, "task"))
            yield Problem(spot.value, "taak-veld-past-niet", {"value": term["task"], "wanted": wanted})
    yield from _letter(whole)


def _letter(whole: Sourced) -> Iterator[Problem]:
    """The letter about a task names no dossier: who gets it may not know of any."""
    letter = (whole.data.get("notices") or {}).get("task", "")
    said = (whole.data.get("letters") or {}).get(letter, {})
    for part in _LETTER:
        if "{number" in said.get(part, ""):
            yield Problem(
                whole.spot(("letters", letter, part)).value, "taak-brief-noemt-dossier", {"value": letter}
            )


class _Task:
    """A task, held against the fields that it names."""

    def __init__(self, whole: Sourced, path: Path, task: Mapping[str, Any]) -> None:
        self._whole, self._path, self._task = whole, path, task
        self._rows = task.get("every", "")
        fields = whole.at(("forms", DOSSIER_FORM, "properties"))
        of = type_of(fields[self._rows]) if self._rows else None
        self._has_rows = of is not None and of.has_rows
        self._fields: Mapping[str, Any] = (
            fields[self._rows]["items"]["properties"] if self._has_rows else fields
        )
        self._types = (
            member_types(fields[self._rows]) if self._has_rows else fact_types({"properties": fields})
        )

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with it."""
        if self._rows and not self._has_rows:
            yield self._misfit(("every",), self._rows, "een lijst met rijen")
            return
        task = self._task
        found = [
            *self._field(("by",), task["by"], lambda of: of.names_people, "een veld met medewerkers"),
            *(
                self._field(
                    ("day",), task["day"], lambda of: of.fact_type is FactType.DATE, "een veld met een datum"
                )
                if "day" in task
                else ()
            ),
        ]
        for key in ("shows", "fills-in"):
            for index, name in enumerate(task.get(key, ())):
                found += self._field(
                    (key, index), name, lambda of: not of.has_rows, "een gewoon veld, zonder rijen"
                )
        yield from found
        yield from self._evidence()
        yield from () if found else self._filled()
        yield from () if found else self._telling()

    def _evidence(self) -> Iterator[Problem]:
        """Files are added to a field of the dossier, also for a task of a row."""
        name = self._task.get("evidence", "")
        of = type_of(self._whole.at(("forms", DOSSIER_FORM, "properties")).get(name, {})) if name else None
        if name and (of is None or not of.takes_files):
            yield self._misfit(("evidence",), name, "een veld van het dossier met bestanden")

    def _filled(self) -> Iterator[Problem]:
        """Who has a task does not give it away by what they fill in, and fills in what people fill in."""
        for index, name in enumerate(self._task["fills-in"]):
            if name == self._task["by"] or self._fields[name].get("readOnly"):
                yield self._misfit(("fills-in", index), name, "een veld dat wie de taak heeft, mag invullen")

    def _telling(self) -> Iterator[Problem]:
        """Whether a field of a task is asked must not hang on what who has it does not see: its absence would tell."""
        seen = {
            *self._task.get("shows", ()),
            *self._task["fills-in"],
            self._task["by"],
            self._task.get("day", ""),
        }
        for key in ("shows", "fills-in"):
            for index, name in enumerate(self._task.get(key, ())):
                if hidden := sorted(self._asked_by(name) - seen):
                    spot = self._whole.spot((*self._path, key, index))
                    yield Problem(spot.value, "taak-verraadt", {"value": name, "other": hidden[0]})

    def _asked_by(self, name: str) -> set[str]:
        """Return the fields that decide whether another is asked: by its own condition, or by those of rules."""
        field, asked = self._fields[name], set[str]()
        if "show-if" in field:
            asked |= fact_names(build_condition(field["show-if"], self._types))
        if not self._rows:
            for path, effect in effect_places(self._whole.data):
                if name in (effect.get("show"), effect.get("hide")) and path[0] == "rules":
                    asked |= _facts(self._whole.data["rules"][path[1]]["if"])
        return asked

    def _field(
        self, key: Path, name: str, fits: Callable[[FieldType], bool], wanted: str
    ) -> Iterator[Problem]:
        if name not in self._fields:
            details = {"what": "Het veld", "value": name, "where": f" in de rijen van '{self._rows}'"}
            details["hint"] = hint(name, [*self._fields]) or f" Kies uit: {', '.join(self._fields)}."
            yield Problem(self._whole.spot((*self._path, *key)).value, "verwijst-naar-niets", details)
        elif (of := type_of(self._fields[name])) is None or not fits(of):
            yield self._misfit(key, name, wanted)

    def _misfit(self, key: Path, value: str, wanted: str) -> Problem:
        spot = self._whole.spot((*self._path, *key))
        return Problem(spot.value, "taak-veld-past-niet", {"value": value, "wanted": wanted})


def _facts(condition: Any) -> set[str]:
    """Return the fields that a condition (canonical data) asks about, as far as it names any."""
    if isinstance(condition, list):
        return {name for part in condition for name in _facts(part)}
    if not isinstance(condition, dict):
        return set()
    own = {name for name in condition if name not in GROUPS}
    return own | {name for group in GROUPS if group in condition for name in _facts(condition[group])}


CHECK = Check(
    Pass.CONSISTENCY,
    ("taak-veld-past-niet", "taak-verraadt", "taak-brief-noemt-dossier", "verwijst-naar-niets"),
    lambda on: task_problems(on.whole),
    reads=("tasks", "terms", "notices", "letters", "forms", "rules", "tables"),
)
