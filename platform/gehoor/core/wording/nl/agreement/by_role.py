"""What each role has to do, gathered from all that was agreed: one place to look for who has that role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from gehoor.core.agreement.model import Agreement, Role
from gehoor.core.rules.effects import Approve, Assign, Notify
from gehoor.core.rules.rule import Rule
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter
from gehoor.core.wording.nl.actions import WORDS
from gehoor.core.wording.nl.agreement.phrases import joined, label, milestone, role
from gehoor.core.wording.nl.formats import quoted

_KEY: Final = "by-role"


def by_role(agreement: Agreement) -> Chapter:
    """Say of each role what it does, by term, duty, letter, approval, answer and right."""
    items = (
        Item(f"{_KEY}/{of.id}", of.name, tuple(_sentences(agreement, of))) for of in agreement.roles.values()
    )
    return chapter(_KEY, "Wat elke rol doet", *(item for item in items if item.sentences))


def _sentences(agreement: Agreement, of: Role) -> Iterator[Sentence]:
    said = (
        ("terms", "Staat in voor", _terms(agreement, of.id)),
        ("duties", "Zorgt dat dit gebeurt", _duties(agreement, of.id)),
        ("letters", "Schrijft en verstuurt", _letters(agreement, of.id)),
        ("assigned", "Krijgt dossiers om te behandelen, bij", _by_rules(agreement, of.id, Assign)),
        ("approves", "Keurt goed", _approvals(agreement, of.id)),
        ("fields", "Vult als enige in, of met andere rollen samen", _fields(agreement, of.id)),
        ("rights", "Mag wat niet iedereen mag", _rights(agreement, of.id)),
        ("late", "Hoort het als dit te laat is", _late(agreement, of.id)),
        ("told", "Krijgt bericht, bij", _by_rules(agreement, of.id, Notify)),
        ("deputy", "Doet het werk, als niemand die rol heeft, van", _stands_in(agreement, of.id)),
    )
    for key, before, what in said:
        named = [*dict.fromkeys(what)]
        if named:
            # What somebody may do has commas of its own.
            told = "; ".join(named) if key == "rights" else joined(named)
            yield Sentence(f"{_KEY}/{of.id}/{key}", f"{before}: {told}.")


def _terms(agreement: Agreement, name: str) -> Iterable[str]:
    return (
        quoted(term.name)
        for term in agreement.terms.values()
        if term.responsible == name and not term.of_duty
    )


def _duties(agreement: Agreement, name: str) -> Iterable[str]:
    return (quoted(one.duty.name) for one in agreement.duties.values() if one.duty.responsible == name)


def _letters(agreement: Agreement, name: str) -> Iterable[str]:
    return (quoted(one.name) for one in agreement.correspondence.values() if name in one.senders)


def _approvals(agreement: Agreement, name: str) -> Iterable[str]:
    effects = (effect for rule in agreement.rules.values() for effect in rule.effects)
    return (
        milestone(agreement, one.before) for one in effects if isinstance(one, Approve) and one.role == name
    )


def _by_rules(agreement: Agreement, name: str, kind: type[Assign | Notify]) -> Iterable[str]:
    for rule in agreement.rules.values():
        if any(isinstance(one, kind) and one.role == name for one in rule.effects):
            yield quoted(_called(rule))


def _called(rule: Rule) -> str:
    return rule.name or rule.id.replace("-", " ")


def _fields(agreement: Agreement, name: str) -> Iterable[str]:
    fields = agreement.dossier_form.fields.values()
    return (label(agreement, of.id) for of in fields if name in of.edited_by)


def _rights(agreement: Agreement, name: str) -> Iterable[str]:
    return (WORDS[action] for action, roles in agreement.rights.items() if name in roles)


def _late(agreement: Agreement, name: str) -> Iterable[str]:
    return (
        quoted(term.name) for term in agreement.terms.values() if any(one.tell == name for one in term.levels)
    )


def _stands_in(agreement: Agreement, name: str) -> Iterable[str]:
    return (role(agreement, one.id) for one in agreement.roles.values() if one.deputy == name)
