"""Rules in words: when this, then that, and why."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.agreement import Agreement
from gehoor.core.rules import Block, Effect, Hide, Notify, Require, Rule, Show, Warn
from gehoor.core.sentences.conditions import clause
from gehoor.core.sentences.model import Chapter, Item, Sentence, chapter, present
from gehoor.core.sentences.phrases import closed, joined, label, milestone, quoted, readable, role


def rules(agreement: Agreement) -> Chapter:
    """Say what each rule asks, does and is for."""
    return chapter("rules", "Regels", *(_rule(agreement, rule) for rule in agreement.rules.values()))


def _rule(agreement: Agreement, rule: Rule) -> Item:
    key, title = f"rules/{rule.id}", readable(rule.id)
    then = joined(list(_effects(agreement, rule.effects)))
    return Item(
        key,
        title,
        present(
            Sentence(key, f"Als {clause(agreement, rule.condition)}, dan {then}."),
            Sentence(f"{key}/because", f"Waarom: {closed(rule.because)}") if rule.because else None,
            Sentence(f"{key}/source", f"Dit staat in: {closed(rule.basis)}") if rule.basis else None,
        ),
        new=f"Nieuwe regel: {title}.",
        gone=f"De regel {quoted(title)} is weg.",
    )


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


def _effect(agreement: Agreement, effect: Block | Notify | Show | Hide | Warn) -> str:
    match effect:
        case Block(name):
            return f"kan {milestone(agreement, name)} nog niet"
        case Notify(name):
            return f"krijgt {role(agreement, name)} bericht"
        case Show(name):
            return f"vragen wij {label(agreement, name)}"
        case Hide(name):
            return f"vragen wij {label(agreement, name)} niet"
        case Warn(text):
            return f"waarschuwen wij: {quoted(text)}"
