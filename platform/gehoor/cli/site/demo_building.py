"""Making a demo: the same use cases as in real life, each at its own instant in the past."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from operator import itemgetter
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import click

from gehoor.bootstrap.demo import DEMO_PASSWORD
from gehoor.bootstrap.register import hasher
from gehoor.cli.site.demo_case import DemoCase
from gehoor.cli.support.harmless import as_it_is
from gehoor.core.proposals.sources import Sources
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.outside import Mailer
from gehoor.services.ports.records import Account
from gehoor.services.proposals.rights import EVERY_ORGANISATION
from gehoor.services.register.runtime import Runtime

_Action: TypeAlias = tuple[datetime, Callable[[datetime], None]]

_SWEEP_AT = time(0, 5)

_LATER: Final = re.compile(r"<dag([+-][0-9]+)>")
"""A day so many days after a step, or before it."""


@dataclass(frozen=True)
class Demo:
    """One organisation in a demo: its people and cases, in which time zone, and what its files come to."""

    data: Mapping[str, Any]
    zone: str
    proposals: list[Publishable]
    sources: Mapping[str, Sources]


def build(runtime: Runtime, mailer: Mailer, demos: list[Demo], now: datetime) -> list[str]:
    """Publish, add people, and play every case up to now, with a sweep each night in between.

    Returns what the files do not let the demo do, in sentences: an organisation may have made them its own."""
    first = max((case["days"] for demo in demos for case in demo.data["cases"]), default=0)
    start = now - timedelta(days=first + 1)
    left: list[str] = []
    actions: list[_Action] = [*_nights(runtime, mailer, (start, now), ZoneInfo(demos[0].zone))]
    for demo in demos:
        publish(runtime, demo.proposals, start, demo.data["agreed-by"], sources=demo.sources)
        _add_people(runtime, demo.data, start)
        actions += _actions(runtime, demo.data, (now, ZoneInfo(demo.zone)), left)
    actions.sort(key=itemgetter(0))
    with click.progressbar(
        actions, label="Demo", file=as_it_is(sys.stderr), hidden=not sys.stderr.isatty(), show_eta=False
    ) as bar:
        for at, act in bar:
            act(at)
    _night(runtime, mailer, now)
    return left


def _add_people(runtime: Runtime, data: Mapping[str, Any], now: datetime) -> None:
    keeper = hasher()
    for person in data["people"]:
        account = Account(person["name"], person["full-name"], person["email"], "", tuple(person["roles"]))
        add_account(runtime, keeper, account, DEMO_PASSWORD)
        if person.get("founds"):
            coordinate(runtime, account.name, (EVERY_ORGANISATION,), Operator(OPERATOR), now)


def _actions(
    runtime: Runtime, data: Mapping[str, Any], now_in: tuple[datetime, ZoneInfo], left: list[str]
) -> Iterator[_Action]:
    now, zone = now_in
    names = {person["name"]: person["full-name"] for person in data["people"]}
    cases = {
        item["case"]: DemoCase(runtime, data["organisation"], names, item, left) for item in data["cases"]
    }
    for item in data["cases"]:
        case = cases[item["case"]]
        yield _moment(item, now, zone), _opening(case, item["answers"], zone)
        for step in item.get("steps", ()):
            if "links" in step:
                yield _moment(step, now, zone), _linking(case, step, cases)
            else:
                yield _moment(step, now, zone), _filling(case, step, zone)


def _linking(
    case: DemoCase, step: Mapping[str, Any], cases: Mapping[str, DemoCase]
) -> Callable[[datetime], None]:
    return lambda at: case.link(at, step, cases)


def _opening(case: DemoCase, answers: Mapping[str, Any], zone: ZoneInfo) -> Callable[[datetime], None]:
    return lambda at: case.open(at, _dated(answers, at, zone))


def _filling(case: DemoCase, step: Mapping[str, Any], zone: ZoneInfo) -> Callable[[datetime], None]:
    plain = {"handler": case.assign, "writes": case.write, "approves": case.approve, "done": case.finish}
    for word, act in plain.items():
        if word in step:
            return lambda at: act(at, step)
    if "letter" in step:
        return lambda at: case.send(at, step, _dated(step.get("answers", {}), at, zone))
    if "notes" in step:
        return lambda at: case.note(at, step)
    if "spoke" in step:
        return lambda at: case.speak(at, step, zone)
    if "says" in step:
        return lambda at: case.say(at, step["says"].strip(), step.get("by", ""))
    return lambda at: case.fill(
        at, _dated(step["answers"], at, zone), step.get("by", ""), step.get("reason", "")
    )


def _moment(item: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    """So many days before now, at a time of the clock; never later than now."""
    day = now.astimezone(zone).date() - timedelta(days=item["days"])
    at = datetime.combine(day, time.fromisoformat(item["at"]), zone).astimezone(UTC)
    return min(at, now)


def _dated(answers: Mapping[str, Any], at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Put the day or the moment of a step where its answers ask for it."""
    local = at.astimezone(zone)
    places = {"<dag>": local.date().isoformat(), "<moment>": local.isoformat(timespec="minutes")}

    def dated(value: Any) -> Any:
        if isinstance(value, list):
            return [dated(one) for one in value]
        if isinstance(value, dict):
            return {name: dated(one) for name, one in value.items()}
        if isinstance(value, str) and (later := _LATER.fullmatch(value)):
            return (local.date() + timedelta(days=int(later[1]))).isoformat()
        return places.get(value, value) if isinstance(value, str) else value

    return {name: dated(value) for name, value in answers.items()}


def _nights(
    runtime: Runtime, mailer: Mailer, span: tuple[datetime, datetime], zone: ZoneInfo
) -> Iterable[_Action]:
    day = span[0].astimezone(zone).date() + timedelta(days=1)
    while (at := datetime.combine(day, _SWEEP_AT, zone).astimezone(UTC)) < span[1]:
        yield at, lambda at: _night(runtime, mailer, at)
        day += timedelta(days=1)


def _night(runtime: Runtime, mailer: Mailer, at: datetime) -> None:
    sweep(runtime, at)
    deliver(runtime, mailer, lambda: at)
