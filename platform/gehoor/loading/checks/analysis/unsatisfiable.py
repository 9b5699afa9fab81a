"""Conditions that say nothing: one that can never hold, one that always does, and a row that is never reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import All, Condition, Not
from gehoor.core.conditions.parse import LATE, build_condition
from gehoor.core.rules.rule import Rule
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.wording.phrases import joined
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.conditions.condition_places import condition_paths
from gehoor.loading.checks.said import thing_of
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_RUNS: Final = (("as-soon-as", True), ("applies-if", True))
_BESIDE: Final[Mapping[tuple[Any, Any], tuple[tuple[str, bool], ...]]] = {
    ("terms", "applies-if"): _RUNS[:1],
    ("terms", "not-needed-if"): _RUNS,
    ("terms", "if"): (*_RUNS, ("not-needed-if", False)),
    ("tasks", "done-if"): (("applies-if", True),),
    ("correspondence", "if"): (("applies-if", True),),
    ("standards", "of-which"): (("if", True),),
}
"""Section and keyword of a condition -> the keywords of those beside which it stands, each with whether it holds."""
_ALWAYS_SO: Final[Mapping[tuple[Any, Any], str]] = {
    ("terms", "not-needed-if"): ", dus deze termijn is nooit nodig",
    ("tasks", "done-if"): ", dus deze taak is nooit te doen",
}
_NEVER_SO: Final[Mapping[tuple[Any, Any], str]] = {
    ("terms", "applies-if"): ", dus deze termijn loopt nooit",
    ("standards", "of-which"): ", dus dit aandeel is altijd nul",
}


def condition_problems(on: Subject) -> list[Problem]:
    """Return the conditions, and the alternatives within them, that can never hold or always do."""
    check = _Check(on.whole, on.agreement, on.judge, on.vocabularies)
    found: dict[Path, list[Path]] = {}
    for path in condition_paths(on.whole.data):
        found.setdefault(thing_of(path), []).append(path)
    return [
        problem
        for thing, paths in found.items()
        for problem in on.sound.unless("condition", _known_of(on, thing), partial(check.of_thing, paths))
    ]


def row_problems(on: Subject) -> Iterator[Problem]:
    """Yield the rows of tables that an earlier one always decides before, also where there is too much to try."""
    tables: dict[str, list[Rule]] = {}
    for rule in on.agreement.rules.values():
        if rule.table:
            tables.setdefault(rule.table, []).append(rule)
    for table, rules in tables.items():
        find = partial(_undecided, on.whole, on.judge, table, rules)
        yield from on.sound.unless("rows", _known_of(on, ("tables", table)), find)


def _known_of(on: Subject, thing: Path) -> tuple[Any, ...]:
    """Return all that a judge goes by who looks at the conditions of a thing."""
    own: Path = ("forms", DOSSIER_FORM, "properties")
    fields = tuple([on.logic_of((*own, name)) for name, _ in on.named[thing][1]])
    terms = sorted(on.agreement.terms) if LATE in on.words_of(thing) else ()
    return on.said.things[thing], fields, terms


def _undecided(whole: Sourced, judge: Judge, table: str, rules: Iterable[Rule]) -> Iterator[Problem]:
    earlier: list[Condition] = []
    for rule in rules:
        if rule.asked is None:
            continue
        number = len(earlier) + 1
        path: Path = ("tables", table, "rows", number - 1)
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
    vocabularies: Mapping[str, Vocabulary]

    def of_thing(self, paths: Iterable[Path]) -> Iterator[Problem]:
        for path in paths:
            yield from self._problems(path, self.whole.at(path))

    def _problems(self, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        condition = self._built(data)
        never = [*self._never(path, data, (condition,))]
        yield from never
        if never:
            return
        if not self.judge.can_fail(condition):
            yield self._found(path, "klopt-altijd", "", _ALWAYS_SO)
            return
        words, beside = self._beside(path)
        if not beside or not self.judge.possible(*beside):
            return
        if not self.judge.possible(*beside, condition):
            yield self._found(path, "klopt-nooit-samen", words, _NEVER_SO)
        elif not self.judge.possible(*beside, Not(condition)):
            yield self._found(path, "klopt-altijd", f" waar {words} klopt", _ALWAYS_SO)

    def _found(self, path: Path, code: str, beside: str, so: Mapping[tuple[Any, Any], str]) -> Problem:
        # What then never is, is no agreement at all; elsewhere the condition is only too much.
        means = so.get((path[0], path[-1]), "")
        details = {"so": f"{beside}{means}"} if code == "klopt-altijd" else {"beside": beside, "so": means}
        severity = Severity.ERROR if means else Severity.WARNING
        return Problem(self.whole.spot(path).key, code, details, severity)

    def _beside(self, path: Path) -> tuple[str, list[Condition]]:
        """Return what must hold for a condition to matter at all, and how a file calls it."""
        thing = path[:-1] if path[0] == "standards" else path[:2]
        said: Mapping[str, Any] = self.whole.at(thing)
        words, found = [], []
        for word, holds in _BESIDE.get((path[0], path[-1]), ()):
            if word in said:
                condition = self._built(said[word])
                found.append(condition if holds else Not(condition))
                vocabulary = self.vocabularies.get(self.whole.spot((*thing, word)).key.file)
                words.append(f"'{(vocabulary or load_vocabulary(DEFAULT_LANGUAGE)).word(word)}'")
        return joined(words, "en"), found

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
    ("klopt-altijd", "kan-nooit", "klopt-nooit-samen", "rij-beslist-nooit"),
    lambda on: [*condition_problems(on), *row_problems(on)],
)
