"""What the register found for a dossier, and what rests on it, without the dossiers that do not exist for who looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event
from gehoor.core.dossier.parts import Found
from gehoor.core.dossier.relations import other_of
from gehoor.core.rules import names as rule_names
from gehoor.services.access.confidentiality import confidential_from
from gehoor.services.access.known_relations import counting_in, owed_without
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.staff import Staff


@dataclass(frozen=True)
class Known:
    """What somebody may know of a decision: as it would be if the dossiers that do not exist for them were not there.

    ``rules`` and ``duties``: what they hear nothing of, as it is there because of those alone.
    """

    decision: Decision
    rules: frozenset[str] = frozenset()
    duties: frozenset[str] = frozenset()

    def tells(self, event: Event) -> bool:
        """Say whether an event may be told."""
        data = event.data
        return data.get("rule") not in self.rules and data.get("duty") not in self.duties

    def tells_message(self, dossier: str, key: str) -> bool:
        """Say whether a message about a dossier may be told, by its key."""
        kept = tuple(f"notice/{rule}/" for rule in self.rules)
        return not key.removeprefix(f"{dossier}/").startswith(kept)


def others_named(events: Iterable[Event]) -> set[str]:
    """Return the other dossiers that the register gave for this one, at any time, and those that it was linked with,
    merged with or sent on to."""
    known = list(events)
    found = {
        other for event in known for one in event.data.get("found", {}).values() for other in one["dossiers"]
    }
    return found | {other for event in known if (other := other_of(event))}


def others_counted(dossier: Dossier) -> set[str]:
    """Return the other dossiers that rules of this one may rest on: those that the register gave, and those that were
    merged into it."""
    return {
        other for found in dossier.found.values() for other in found.dossiers
    } | dossier.relations.taken_in.keys()


def unknown_to(
    register: Register, library: Library, staff: Staff, name: str, dossiers: Collection[str]
) -> frozenset[str]:
    """Return those of some dossiers that do not exist for someone; none for whoever runs the server (empty)."""
    if not name or not dossiers:
        return frozenset()
    conflicts = register.excluded_dossiers(name).intersection(dossiers)
    return conflicts | confidential_from(register, library, staff, name, dossiers)


def found_without(found: Found, hidden: Collection[str]) -> Found:
    """Return what the register gave, as if some dossiers were not there.

    What was counted and not named, as in dossiers of before, is not told: nobody knows what it was.
    """
    kept = tuple(other for other in found.dossiers if other not in hidden)
    return Found(len(kept), kept)


def as_known(
    agreement: Agreement,
    dossier: Dossier,
    decision: Decision,
    hidden: Collection[str],
    engine: RuleEngine,
    earlier: Iterable[Agreement] = (),
) -> Known:
    """Return what may be known of a decision by whoever may not know of the ``hidden`` dossiers: those that were found,
    and those that go on in it.

    ``earlier``: the agreements that it was under before. Raises ``RuleEngineError``.
    """
    if not hidden:
        return Known(decision)
    seen = replace(
        owed_without(dossier, hidden, counting_in(agreement)),
        found={fact: found_without(one, hidden) for fact, one in dossier.found.items()},
    )
    asking = agreement.register_rules
    if seen.frozen is not None:
        # What held is all that is kept of it: of what asked the register, nothing can be said any more.
        holding = seen.frozen.holding - {rule_names.rule(name) for name in asking}
        seen = replace(seen, frozen=replace(seen.frozen, holding=holding))
    known = decision if seen == dossier else decide(agreement, seen, decision.at, engine)
    before = {name for one in earlier for name in one.register_rules if name not in agreement.rules}
    rules = before | {
        rule
        for rule in agreement.rules
        if (name := rule_names.rule(rule)) not in known.fired and (rule in asking or name in decision.fired)
    }
    duties = {key for key, owed in agreement.duties.items() if owed.rule.id in rules}
    return Known(known, frozenset(rules), frozenset(duties))


def unaware_of(
    register: Register,
    library: Library,
    staff: Staff,
    decided: tuple[Agreement, Dossier, Decision],
    engine: RuleEngine,
) -> dict[str, frozenset[str]]:
    """Return, by rule that asks the register, for whom of the department it does not fire in a dossier, as it does so
    because of dossiers that do not exist for them. Raises ``RuleEngineError``."""
    agreement, dossier, decision = decided
    firing = {rule for rule in agreement.register_rules if rule_names.rule(rule) in decision.fired}
    others = others_counted(dossier)
    if not firing or not others:
        return {}
    people: dict[frozenset[str], set[str]] = {}
    for name in staff.holders(agreement.organisation).working(agreement.department):
        people.setdefault(unknown_to(register, library, staff, name, others), set()).add(name)
    found: dict[str, set[str]] = {}
    for unknown, names in people.items():
        known = as_known(agreement, dossier, decision, unknown, engine)
        for rule in firing & known.rules:
            found.setdefault(rule, set()).update(names)
    return {rule: frozenset(names) for rule, names in found.items()}
