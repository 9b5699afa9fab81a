"""When what a term begins by became true, as the events of a dossier tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactValue
from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.decision.derived_values import with_derived
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.parts import Answered
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import facts_of
from gehoor.core.rules import names as rule_names


@dataclass(frozen=True, slots=True)
class Onset:
    """The last time that the condition of a term became true: ``at`` is a UTC instant. ``adjusted_before``: how many of
    its suspensions and extensions are from before that; ``done_before``: what it asks was done in an earlier time
    round, and not again since."""

    at: datetime
    adjusted_before: tuple[int, int] = (0, 0)
    done_before: bool = False


@lru_cache(maxsize=512)
def begun_by_condition(agreement: Agreement) -> tuple[tuple[Term, Condition], ...]:
    """Return the terms that begin as soon as something is true, with what that is."""
    return tuple((term, term.begins_if) for term in agreement.terms.values() if term.begins_if is not None)


def onsets(
    agreement: Agreement,
    dossier: Dossier,
    now: datetime,
    holding: frozenset[str],
    engine: RuleEngine,
    register: Mapping[str, int],
) -> dict[str, Onset]:
    """Return, by term, when the condition that it begins by became true, of those for which it is now.

    ``holding``: the names of the conditions that hold. Conditions of before are judged by what was answered then; what
    rules gave is worked out again, with what the register gives now. Raises ``RuleEngineError``.
    """
    found: dict[str, Onset] = {}
    for term, condition in begun_by_condition(agreement):
        if rule_names.term_begins(term.id) not in holding:
            continue
        if dossier.frozen is not None:
            began = dossier.frozen.began.get(term.id)
            found[term.id] = Onset(began or dossier.opened_at or now)
        else:
            found[term.id] = _onset(
                agreement, dossier, now, term, _judge(agreement, condition, engine, register)
            )
    return found


_Judge = Callable[[Mapping[str, StoredValue]], bool]


def _judge(
    agreement: Agreement, condition: Condition, engine: RuleEngine, register: Mapping[str, int]
) -> _Judge:
    asked = fact_names(condition)
    fields = {name: of for name, of in agreement.dossier_form.fields.items() if name in asked}
    given = asked & {effect.field for stage in agreement.derivations for _, effect in stage.derivations}

    def judge(values: Mapping[str, StoredValue]) -> bool:
        # What rules give is dear to work out, and few conditions ask for it.
        known = with_derived(agreement, values, engine, register).values if given else values
        facts: dict[str, FactValue] = {
            **facts_of(fields, {n: known[n] for n in fields if n in known}),
            **register,
        }
        return holds(condition, facts)

    return judge


def _onset(agreement: Agreement, dossier: Dossier, now: datetime, term: Term, judge: _Judge) -> Onset:
    run = [*_latest_run(dossier.history, judge)]
    if not run:
        return Onset(dossier.opened_at or now)
    first = run[-1]
    return Onset(first.at, first.adjusted(term.id), _done_before(agreement, dossier, term, first, judge))


def _latest_run(history: tuple[Answered, ...], judge: _Judge) -> Iterator[Answered]:
    """Give the answers under which the condition holds without a break until now, the last first."""
    for one in reversed(history):
        if not judge(one.values):
            return
        yield one


def _done_before(agreement: Agreement, dossier: Dossier, term: Term, first: Answered, judge: _Judge) -> bool:
    """What was done beforehand, while nothing asked for it, is done; what an earlier time round asked is not done for
    this one."""
    if term.of_duty or not term.until:
        return False
    done = dossier.changed.get(agreement.milestones[term.until].field, 0)
    then = next((one for one in dossier.history if one.sequence == done), None)
    return then is not None and then.sequence < first.sequence and judge(then.values)
