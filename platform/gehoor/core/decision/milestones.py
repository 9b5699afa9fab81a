"""Milestones of a dossier at a moment: which are reached, and what still stands before each.

What a milestone asks holds at every later one too, also when the cause came after it was reached: neither the order in
which things are filled in nor what is changed afterwards is a way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.fields import Effects, reason_of
from gehoor.core.decision.model import (
    ApprovalState,
    DutyState,
    FieldState,
    MilestoneState,
    Reason,
    Requirement,
    TermState,
)
from gehoor.core.decision.standing_effects import too_few
from gehoor.core.decision.term_course import milestone_at
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Block


@lru_cache(maxsize=512)
def in_course(agreement: Agreement) -> tuple[str, ...]:
    """Return the milestones in the order of the agreement; what closes a dossier comes last."""
    return tuple(sorted(agreement.milestones, key=lambda name: agreement.milestones[name].closes))


def milestone_states(
    agreement: Agreement,
    dossier: Dossier,
    fields: Mapping[str, FieldState],
    effects: Effects,
    waiting: tuple[Iterable[DutyState], Iterable[ApprovalState], Mapping[str, TermState]],
    holding: Collection[str],
) -> dict[str, MilestoneState]:
    """Return for each milestone whether it is reached, and what still stands before it.

    ``waiting``: the duties, approvals and terms of this dossier; ``holding``: the conditions that hold.
    """
    owed = [state for state in waiting[0] if state.settled is None]
    unapproved = [state for state in waiting[1] if not state.holds]
    running = tuple(state for state in waiting[2].values() if state.undone)
    blocks: dict[str, list[Reason]] = {}
    for rule, effect in effects:
        if isinstance(effect, Block):
            blocks.setdefault(effect.milestone, []).append(reason_of(rule))
    for name, why in too_few(effects, dossier):
        blocks.setdefault(name, []).append(why)
    missing = _missing(dossier, fields)
    states: dict[str, MilestoneState] = {}
    asking: list[MilestoneState] = []
    for name in in_course(agreement):
        milestone = agreement.milestones[name]
        own = MilestoneState(
            milestone,
            milestone_at(agreement, dossier, milestone),
            tuple(missing.get(name, {}).values()),
            tuple(blocks.get(name, ())),
            tuple([state for state in owed if state.owed.duty.before == name]) if owed else (),
            tuple([state for state in unapproved if state.milestone == name]) if unapproved else (),
            tuple(asking),
            _unsent(agreement, dossier, name, holding) if agreement.correspondence else (),
            # What is done by closing does not stand before it.
            tuple([one for one in running if one.term.until != name and not one.term.after_closing])
            if milestone.closes and running
            else (),
            _skipped(states.values()) if milestone.closes else (),
        )
        states[name] = own
        if left := _left_to_later(own):
            asking.append(left)
    return {name: states[name] for name in agreement.milestones}


def _unsent(
    agreement: Agreement, dossier: Dossier, milestone: str, holding: Collection[str]
) -> tuple[LetterTemplate, ...]:
    """Return the letters that reach a milestone in this dossier, when none was sent since it was last opened."""
    letters = [
        one
        for one in agreement.correspondence.values()
        if one.reaches == milestone
        and (one.applies_if is None or rule_names.letter_applies(one.id) in holding)
    ]
    reaching = {one.id for one in letters}
    sent = any(
        one.content.letter in reaching and one.sequence > dossier.reopened_at for one in dossier.letters
    )
    return () if sent else tuple(letters)


def _skipped(before: Iterable[MilestoneState]) -> tuple[MilestoneState, ...]:
    """Return the milestones that a dossier that closes passes over, although they ask something."""
    return tuple(
        [
            one
            for one in before
            if not (one.reached or one.milestone.closes) and (one.missing or one.blocks or one.unapproved)
        ]
    )


def _left_to_later(state: MilestoneState) -> MilestoneState | None:
    """Return what a milestone leaves to those after it. One that was not reached asks only for its duties there: what
    must be filled in before it may not be needed at all."""
    if not state.reached:
        return MilestoneState(state.milestone, None, (), (), state.owed) if state.owed else None
    if not (state.missing or state.blocks or state.owed or state.unapproved or state.unsent):
        return None
    return replace(state, earlier=(), running=(), skipped=()) if state.earlier or state.running else state


def _missing(dossier: Dossier, fields: Mapping[str, FieldState]) -> dict[str, dict[str, Requirement]]:
    missing: dict[str, dict[str, Requirement]] = {}
    required = [(name, state.requirements) for name, state in fields.items() if state.requirements]
    for name, requirements in required:
        if name in dossier.values:
            continue
        for requirement in requirements:
            # A rule's reason says more than the bare mark in the form.
            known = missing.setdefault(requirement.milestone, {})
            if name not in known or known[name].reason is None:
                known[name] = requirement
    return missing
