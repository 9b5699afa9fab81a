"""What is offered for publication: what it changes, and bringing it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import click

from gehoor.cli.agreements.differences import print_differences
from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.cli.support.options import ZONE, Moment, echo_json, instant
from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.local_time import start_of_day
from gehoor.core.proposals.sources import Sources
from gehoor.core.wording.registry import DUTCH
from gehoor.services.agreements.comparison import Comparison, bereft, compare, in_force
from gehoor.services.agreements.publishing import (
    EnginesDisagreeError,
    Publishable,
    Published,
    Validity,
    ValidityError,
    ValidityProblem,
    check_days,
    is_new,
    publish,
)
from gehoor.services.agreements.same_numbers import SameNumbersError
from gehoor.services.ports.records import Publication
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import local_day, overtaken, valid_from

SHORT = 12
"""How many characters of a hash tell two agreements apart for people."""


@dataclass(frozen=True)
class Offer:
    """What is offered for a department, and the agreement it becomes."""

    proposal: Publishable
    agreement: Agreement


@dataclass(frozen=True)
class Wanted:
    """How someone wants to publish."""

    by: str
    validity: Validity
    moment: Moment | None
    output: str
    sources: Mapping[str, Sources] = field(default_factory=dict)
    """For each organisation the files that it is published from."""

    def now(self, offers: Sequence[Offer]) -> datetime:
        """Return the instant of publishing; a moment without an offset is on the clock of the organisation."""
        zones = {offer.agreement.time_zone for offer in offers}
        return instant(self.moment, zones.pop() if len(zones) == 1 else ZONE)


@dataclass(frozen=True)
class _Effect:
    """What publishing does for a department. ``difference``: with what is in force until then; None: nothing is."""

    agreement: Agreement
    difference: Comparison | None
    changed: bool
    later: date | None
    """The day from which it is valid, when that is not today."""
    overtaken: tuple[Publication, ...]
    bereft: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The roles (names) that are no more, each with who has them: for those nothing new exists with it."""


def bring_in(runtime: Runtime, offers: Sequence[Offer], wanted: Wanted) -> None:
    """Publish, and say what that changes. Raises ``Failure`` and ``OptionProblem``; nothing is published then."""
    now = wanted.now(offers)
    effects = _effects(runtime, offers, wanted.validity, now)
    try:
        published = publish(
            runtime,
            [offer.proposal for offer in offers],
            now,
            wanted.by,
            wanted.validity,
            wanted.sources,
        )
    except EnginesDisagreeError as error:
        raise Failure(
            f'Niets gepubliceerd: bij het voorbeeld "{error.case}" geven de regelmotor en de uitleg '
            "niet hetzelfde. Meld dit aan de makers van Gehoor."
        ) from error
    except SameNumbersError as error:
        raise Failure(_same_numbers(error, offers)) from error
    if wanted.output == "json":
        echo_json({"published": [_plain(item) for item in published]})
        return
    _print_changes(effects)
    for effect in effects:
        _print_state(effect, "gepubliceerd")


def _same_numbers(error: SameNumbersError, offers: Sequence[Offer]) -> str:
    """Say which two would give the same numbers, and what to write in the files of the one that is offered."""
    offered = {(one.agreement.organisation, one.agreement.department): one.agreement for one in offers}
    places = sorted((error.place, error.other))
    ours = next(place for place in (error.place, error.other) if place in offered)
    organisation, department = ours
    agreement = offered[ours]
    code = (
        f"bij 'afdeling' in definitions/{organisation}/afdelingen/{department}.yaml een andere code, zoals "
        f"'code: {agreement.department_code}2'"
        if "{department" in agreement.number_pattern
        else ""
    )
    pattern = f"bij 'nummering' in definitions/{organisation}/organisatie.yaml een ander 'patroon'"
    return (
        f"Niets gepubliceerd: {' en '.join('/'.join(place) for place in places)} zouden dossiers met dezelfde nummers "
        f"hebben, zoals {error.number}. Schrijf {f'{code}, of ' if code else ''}{pattern}."
    )


def rehearse(runtime: Runtime | None, offers: Sequence[Offer], wanted: Wanted) -> None:
    """Show what publishing would change. Without a register nothing is in force."""
    effects = _effects(runtime, offers, wanted.validity, wanted.now(offers))
    if wanted.output == "json":
        echo_json({"published": [], "would-publish": [_would(effect) for effect in effects]})
        return
    _print_changes(effects)
    for effect in effects:
        _print_state(effect, "zou gepubliceerd worden")
    click.echo("Niets gepubliceerd: u vroeg alleen wat er zou veranderen.")


def _effects(
    runtime: Runtime | None, offers: Sequence[Offer], validity: Validity, now: datetime
) -> list[_Effect]:
    for offer in offers:
        try:
            check_days(validity, offer.agreement.time_zone, now)
        except ValidityError as error:
            raise _impossible(error) from error
    return [_effect(runtime, offer.agreement, validity, now) for offer in offers]


def _effect(runtime: Runtime | None, offered: Agreement, validity: Validity, now: datetime) -> _Effect:
    today = local_day(now, offered.time_zone)
    start = validity.valid_from or today
    later = start if start > today else None
    if runtime is None:
        return _Effect(offered, None, True, later, ())
    # What it takes the place of is what would be in force on its own first day.
    moment = start_of_day(start, offered.time_zone) if later else now
    before = in_force(runtime, offered.organisation, offered.department, moment)
    with reading(runtime.store) as register:
        earlier = register.publications(offered.organisation, offered.department)
        people = register.accounts()
    changed = is_new(earlier, offered, validity, now)
    return _Effect(
        agreement=offered,
        difference=None if before is None else compare(before, offered),
        changed=changed,
        later=later,
        overtaken=tuple(overtaken(earlier, start, now)) if changed else (),
        bereft=tuple(bereft(before, offered, people)) if before is not None else (),
    )


def _impossible(error: ValidityError) -> OptionProblem:
    if error.problem is ValidityProblem.IN_THE_PAST:
        return OptionProblem(
            "--valid-from",
            "deze dag is voorbij, en wat toen openging, houdt zijn afspraken; kies vandaag of later: "
            f"{error.day.isoformat()}",
        )
    return OptionProblem("--review-before", f"kies een dag na {error.day.isoformat()}, als ze ingaan")


def _print_changes(effects: Sequence[_Effect]) -> None:
    for effect in effects:
        if effect.difference is not None and not effect.difference.equal:
            click.echo(f"{_name(effect)}: dit verandert")
            print_differences(effect.difference, "  ")
        for role, names in effect.bereft:
            click.echo(
                f'  Let op: de rol "{role}" is weg, en {", ".join(names)} heeft ze nog. Voor wie geen andere rol '
                "heeft, bestaan nieuwe dossiers niet. Geef een rol die blijft: gehoor user change."
            )


def _print_state(effect: _Effect, word: str) -> None:
    state = word if effect.changed else "ongewijzigd"
    later = f", geldt vanaf {DUTCH.formats.day(effect.later)}" if effect.changed and effect.later else ""
    click.echo(f"{_name(effect)}  {effect.agreement.hash[:SHORT]}  {state}{later}")
    for one in effect.overtaken:
        day = DUTCH.formats.day(valid_from(one))
        click.echo(f"  Let op: {one.agreement[:SHORT]}, dat op {day} zou ingaan, gaat niet meer in.")


def _name(effect: _Effect) -> str:
    return f"{effect.agreement.organisation}/{effect.agreement.department}"


def _would(effect: _Effect) -> dict[str, object]:
    return {
        "organisation": effect.agreement.organisation,
        "department": effect.agreement.department,
        "hash": effect.agreement.hash,
        "changed": effect.changed,
    }


def _plain(item: Published) -> dict[str, object]:
    return {
        "organisation": item.organisation,
        "department": item.department,
        "hash": item.agreement,
        "changed": item.changed,
    }
