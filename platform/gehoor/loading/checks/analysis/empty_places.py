"""Places in letters that may have nothing to say: a sentence would stop in the middle."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import All, Comparison, Condition, Not, Operator
from gehoor.core.letters.model import LetterTemplate, Passage
from gehoor.core.letters.places import places_in
from gehoor.core.rules.effects import Require
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.sound import digest_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def empty_place_problems(on: Subject) -> list[Problem]:
    """Return the places of letters whose field need not be answered by the time that the letter is written: where it is
    not, whoever writes has to complete the sentence. A letter in which none was is looked at again when it says
    something else, or fields or rules decide something else."""
    check = _Check(on.agreement, on.judge)
    about = digest_of((tuple(on.whole.data["terms"]), *map(on.logic, _GOES_BY)))
    return [
        problem
        for name, letter in on.agreement.correspondence.items()
        for problem in on.sound.unless(
            "plaats-soms-leeg",
            (on.said.things["correspondence", name], about),
            partial(check.of_letter, on.whole, letter),
        )
    ]


@dataclass(frozen=True)
class _Check:
    agreement: Agreement
    judge: Judge

    @cached_property
    def asked(self) -> dict[str, tuple[Condition, ...]]:
        """When each field is asked."""
        return asked_when(self.agreement)

    def of_letter(self, whole: Sourced, letter: LetterTemplate) -> Iterator[Problem]:
        """Yield the places of a letter that may have nothing to say."""
        told: set[str] = set()
        for index, passage in enumerate(letter.passages):
            path: Path = ("correspondence", letter.id, "text", index)
            for position, name in places_in(passage.text):
                if name not in told and self.may_be_empty(letter, passage, name):
                    told.add(name)
                    deeper = whole.spots.exact((*path, "text"))
                    place = (deeper or whole.spot(path)).line_of(passage.text, position)
                    yield Problem(place, "plaats-soms-leeg", {"value": name}, Severity.WARNING)

    def may_be_empty(self, letter: LetterTemplate, passage: Passage, name: str) -> bool:
        """Say whether a field of the dossier can be without an answer where a passage tells it."""
        agreement = self.agreement
        of = agreement.dossier_form.fields.get(name)
        if of is None or passage.rows or name in agreement.needed_at_opening:
            return False
        if name in {milestone.field for milestone in agreement.milestones.values()}:
            # Sending it reaches the milestone, or it was reached before.
            return False
        holding = [one for one in (letter.applies_if, passage.condition) if one is not None]
        empty = Comparison(name, Operator.EMPTY)
        unasked = self.asked[name]
        if unasked and self.judge.possible(*holding, empty, Not(All(unasked))):
            return True
        needless = self._unless_required(self._reached_by(letter, holding), name)
        return needless is not None and self.judge.possible(*holding, *unasked, empty, *needless)

    def _unless_required(self, by_then: Collection[str], name: str) -> list[Condition] | None:
        """Return what must hold for a field not to be required before any of some milestones; None when it always
        is."""
        agreement = self.agreement
        of = agreement.dossier_form.fields[name]
        phase = agreement.phases.get(of.phase)
        if of.required_before in by_then:
            return None
        rules = (
            rule.condition
            for rule in agreement.rules.values()
            for effect in rule.effects
            if isinstance(effect, Require)
            and effect.field == name
            and (effect.before or (phase.done_at if phase else "")) in by_then
        )
        return [Not(one) for one in rules]

    def _reached_by(self, letter: LetterTemplate, holding: list[Condition]) -> set[str]:
        """Return the milestones that are reached by the time that a letter goes: its own, what opens the phase of one
        that is, and those whose field one that is asks."""
        found: set[str] = set()
        waiting = [letter.reaches]
        while waiting:
            name = waiting.pop()
            if name in found or name not in self.agreement.milestones:
                continue
            found.add(name)
            of = self.agreement.dossier_form.fields[self.agreement.milestones[name].field]
            phase = self.agreement.phases.get(of.phase)
            waiting += [phase.opens_after] if phase and phase.opens_after else []
            waiting += [
                other.id
                for other in self.agreement.milestones.values()
                if other.id not in found and self._asked_before(other.field, name, holding)
            ]
        return found

    def _asked_before(self, name: str, milestone: str, holding: list[Condition]) -> bool:
        needless = self._unless_required({milestone}, name)
        return needless is None or not self.judge.possible(*holding, *needless)


_GOES_BY: Final = ("forms", "rules", "tables", "milestones", "phases", "questions", "channels")


CHECK = Check(Pass.ANALYSIS, ("plaats-soms-leeg",), empty_place_problems)
