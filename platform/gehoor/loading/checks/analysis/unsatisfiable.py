"""Conditions that say nothing: one that can never hold, one that always does, and a row that is never reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import All, Condition, Not
from gehoor.core.conditions.parse import build_condition
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.conditions.condition_places import condition_paths
from gehoor.loading.checks.logic import DECIDING
from gehoor.loading.checks.sound import Sound
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def condition_problems(whole: Sourced, agreement: Agreement, judge: Judge, sound: Sound) -> list[Problem]:
    """Return the conditions, and the alternatives within them, that can never hold or always do."""
    check, found = _Check(whole, agreement, judge), list[Problem]()
    for path in condition_paths(whole.data):
        data = whole.at(path)
        found += sound.unless("condition", (data, judge.known_of(data)), partial(check.problems, path, data))
    return found


def row_problems(whole: Sourced, agreement: Agreement, judge: Judge) -> Iterator[Problem]:
    """Yield the rows of tables that an earlier one always decides before, also where there is too much to try."""
    before: dict[str, list[Condition]] = {}
    for rule in agreement.rules.values():
        if not rule.table or rule.asked is None:
            continue
        earlier = before.setdefault(rule.table, [])
        number = len(earlier) + 1
        path: Path = ("tables", rule.table, "rows", number - 1)
        written = number <= len(whole.at(path[:-1]))
        can_fit = earlier and written and judge.possible(rule.asked)
        if can_fit and not judge.possible(rule.asked, *map(Not, earlier)):
            yield Problem(whole.spot(path).value, "rij-beslist-nooit", {"number": number})
        earlier.append(rule.asked)


@dataclass(frozen=True)
class _Check:
    whole: Sourced
    agreement: Agreement
    judge: Judge

    def problems(self, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        condition = self._built(data)
        never = [*self._never(path, data, (condition,))]
        yield from never
        if never or self.judge.can_fail(condition):
            return
        # A term that is never needed is no term; elsewhere the condition is only too much.
        needless = path[-1] == "not-needed-if"
        so = ", dus deze termijn is nooit nodig" if needless else ""
        severity = Severity.ERROR if needless else Severity.WARNING
        yield Problem(self.whole.spot(path).key, "klopt-altijd", {"so": so}, severity)

    def _never(
        self, path: Path, data: Mapping[str, Any], together: tuple[Condition, ...]
    ) -> Iterator[Problem]:
        """Judge a condition next to what must hold beside it (``together``, the condition last), then each alternative
        that it offers."""
        blamed = self.judge.culprits(All(together))
        if blamed:
            all_blamed = blamed[0] if len(blamed) == 1 else All(blamed)
            details = {"clause": DUTCH.agreements.clause(self.agreement, all_blamed)}
            yield Problem(self.whole.spot(path).key, "kan-nooit", details)
            return
        for key in ("any-of", "none-of"):
            others = {word: value for word, value in data.items() if word != key}
            # What must not hold is judged by itself: that it cannot hold beside the rest may be just the point.
            if key not in data:
                continue
            context = (*together[:-1], self._built(others)) if others and key == "any-of" else ()
            for index, part in enumerate(data[key]):
                yield from self._never((*path, key, index), part, (*context, self._built(part)))

    def _built(self, data: Mapping[str, Any]) -> Condition:
        return build_condition(data, self.agreement.fact_types)


CHECK = Check(
    Pass.ANALYSIS,
    ("klopt-altijd", "kan-nooit", "rij-beslist-nooit"),
    lambda on: [
        *condition_problems(on.whole, on.agreement, on.judge, on.sound),
        *row_problems(on.whole, on.agreement, on.judge),
    ],
    goes_by=DECIDING,
)
