"""Rules in words: when this, then that, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.rules.duties import duty_key
from gehoor.core.rules.effects import (
    Approve,
    Assign,
    Block,
    Derive,
    Duty,
    Effect,
    Flag,
    Handlers,
    Hide,
    Notify,
    Require,
    Show,
    Warn,
)
from gehoor.core.rules.rule import Rule
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, present
from gehoor.core.wording.nl.agreement.phrases import closed, joined, label, milestone, readable, role
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.agreement.rules.derived import outcome
from gehoor.core.wording.nl.agreement.rules.duty_terms import duty_sentences
from gehoor.core.wording.nl.formats import quoted


def rules(agreement: Agreement) -> Chapter:
    """Say what each rule asks, does and is for."""
    written = (rule for rule in agreement.rules.values() if not rule.table)
    return chapter("rules", "Regels", *(_rule(agreement, rule) for rule in written))


def _rule(agreement: Agreement, rule: Rule) -> Item:
    key, title = f"rules/{rule.id}", rule_name(rule)
    return Item(
        key,
        title,
        present(
            Sentence(key, f"Als {clause(agreement, rule.condition)}, dan {what_follows(agreement, rule)}."),
            *terms_of_duties(agreement, rule, key),
            Sentence(f"{key}/because", f"Waarom: {closed(rule.because)}") if rule.because else None,
            Sentence(f"{key}/source", f"Dit staat in: {closed(rule.basis)}") if rule.basis else None,
        ),
        new=f"Nieuwe regel: {title}.",
        gone=f"De regel {quoted(title)} is weg.",
    )


def rule_name(rule: Rule) -> str:
    """Return what people call a rule, or the table that it is a row of; without a name, its id in words."""
    return rule.name or readable(rule.table or rule.id)


def what_follows(agreement: Agreement, rule: Rule) -> str:
    """Say what a rule does, after "dan"."""
    return joined(list(_effects(agreement, rule.effects)))


def terms_of_duties(agreement: Agreement, rule: Rule, key: str) -> Iterator[Sentence]:
    """Say the terms of the duties of a rule. ``key``: of the rule."""
    for place, effect in enumerate(rule.effects):
        if isinstance(effect, Duty) and (term := agreement.terms.get(duty_key(rule.id, place))):
            yield from duty_sentences(agreement, term, f"{key}/then/{place}")


def _effects(agreement: Agreement, effects: tuple[Effect, ...]) -> Iterable[str]:
    """Say the effects in order; fields that are needed before the same milestone are said together."""
    together: dict[str, list[str]] = {}
    for effect in effects:
        if isinstance(effect, Require):
            together.setdefault(effect.before, []).append(effect.field)
    for effect in effects:
        if not isinstance(effect, Require):
            yield _effect(agreement, effect)
        elif effect.before in together:
            yield _required(agreement, together.pop(effect.before), effect.before)


def _required(agreement: Agreement, names: list[str], before: str) -> str:
    when = f"vóór {milestone(agreement, before)}" if before else "voor de fase klaar is"
    said = joined([label(agreement, name) for name in names])
    return f"{'moet' if len(names) == 1 else 'moeten'} {said} ingevuld zijn {when}"


def _effect(agreement: Agreement, effect: Effect) -> str:
    return _SAID[type(effect)](agreement, effect)


def _assign(agreement: Agreement, effect: Assign) -> str:
    if not effect.instead_of:
        return f"behandelt {role(agreement, effect.role)} het dossier"
    return f"doet {role(agreement, effect.role)} wat anders {role(agreement, effect.instead_of)} doet"


def _handlers(agreement: Agreement, effect: Handlers) -> str:
    if not effect.before:
        return f"kunnen {effect.most} mensen het dossier samen behandelen"
    return f"behandelen {effect.most} mensen het dossier samen, en wel vóór {milestone(agreement, effect.before)}"


def _derive(agreement: Agreement, effect: Derive) -> str:
    return f"wordt {label(agreement, effect.field)} {outcome(agreement, effect.field, effect.value)}"


def _duty(agreement: Agreement, duty: Duty) -> str:
    before = f", vóór {milestone(agreement, duty.before)}" if duty.before else ""
    return f"is {quoted(duty.name)} een plicht van {role(agreement, duty.responsible)}{before}"


def _approve(agreement: Agreement, effect: Approve) -> str:
    return f"keurt {role(agreement, effect.role)} eerst goed, vóór {milestone(agreement, effect.before)}"


_SAID: Final[Mapping[type[Effect], Callable[[Agreement, Any], str]]] = {
    Require: lambda agreement, effect: _required(agreement, [effect.field], effect.before),
    Block: lambda agreement, effect: f"kan {milestone(agreement, effect.milestone)} nog niet",
    Notify: lambda agreement, effect: f"krijgt {role(agreement, effect.role)} bericht",
    Show: lambda agreement, effect: f"vragen wij {label(agreement, effect.field)}",
    Hide: lambda agreement, effect: f"vragen wij {label(agreement, effect.field)} niet",
    Warn: lambda _, effect: f"waarschuwen wij: {quoted(effect.text)}",
    Flag: lambda _, effect: f"krijgt het dossier het merk {quoted(effect.text)}",
    Derive: _derive,
    Assign: _assign,
    Handlers: _handlers,
    Duty: _duty,
    Approve: _approve,
}
"""What each effect is, after "dan"."""
