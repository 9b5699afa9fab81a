"""Webhooks: a program hears once of each change that whoever told a dossier can see, and of nothing that is in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from gehoor.adapters.hooks.poster import HttpPoster
from gehoor.adapters.security.secret_box import SecretBox
from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.notes import write_note
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.exchange import posting
from gehoor.services.exchange.hooks import (
    HookRefusedError,
    NewHook,
    UnknownHookError,
    hooks_shown,
    pause,
    send_again,
    subscribe,
    unsubscribe,
)
from gehoor.services.exchange.posting import post_events
from gehoor.services.intake.status_page import follow
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.hook_records import HOOKS
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.hooks import Hook, HookError, HookEvent
from gehoor.services.ports.store import DamagedError
from gehoor.services.recording.answers import RefusedError
from gehoor.services.records.setting_records import SettingRecords
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.scenarios.access.test_who_reaches_what import keeping
from tests.support.clock import at
from tests.support.de_linde import (
    REGISTERED,
    de_linde,
    fill,
    open_by_web,
    publish_change,
    staff,
)
from tests.support.pages import page_faults
from tests.support.paper_post import PaperPost
from tests.support.retention import ANSWERED, CLOSED, FOUNDED
from tests.support.retention import TOLD as FROM_OUTSIDE
from tests.support.site import Site, Visitor, new_site

NOW = at("2026-05-12 14:00")
RUNS = Operator("")
EVERY = tuple(one.value for one in HookEvent)
VAULT = SecretBox(b"k" * 32)
PATIENCE = 30
"""Seconds after which somebody who should have been told was not."""
ADDRESS = "https://portaal.example/gehoor"


@dataclass
class Portal:
    """A program elsewhere: it takes in what it is told, unless it is ``down``."""

    heard: list[tuple[str, Mapping[str, str], dict[str, Any]]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    down: set[str] = field(default_factory=set)

    def refuses(self, address: str) -> str:
        return HttpPoster().refuses(address)

    def post(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        self.tried.append(address)
        if address in self.down:
            raise HookError("het antwoord was 500")
        self.heard.append((address, headers, json.loads(body)))

    @property
    def kinds(self) -> list[str]:
        return [one["type"].rpartition(".")[2] for _address, _headers, one in self.heard]


@dataclass
class House:
    runtime: Runtime
    portal: Portal
    hook: Hook
    secret: str

    def tell(self, when: datetime = NOW) -> list[str]:
        """Tell what waits, and return what was heard since."""
        before = len(self.portal.kinds)
        post_events(self.runtime, self.portal, VAULT, lambda: when)
        return self.portal.kinds[before:]


def subscribed(runtime: Runtime, portal: Portal, address: str = ADDRESS, **other: Any) -> tuple[Hook, str]:
    wanted = NewHook("de-linde", "Portaal", address, EVERY)
    return subscribe(runtime, (VAULT, portal), replace(wanted, **other), RUNS, NOW)


def house() -> House:
    runtime, portal = de_linde(), Portal()
    return House(runtime, portal, *subscribed(runtime, portal))


def test_a_program_hears_that_a_dossier_was_registered_and_nothing_of_it() -> None:
    one = house()
    opened = open_by_web(one.runtime, "2026-05-12 13:00")
    assert one.tell() == ["registered"]
    ((_address, headers, event),) = one.portal.heard
    assert event == {
        "specversion": "1.0",
        "id": f"{opened.dossier}.{event['id'].rpartition('.')[2]}",
        "source": "https://gehoor.example/api/v1/organisations/de-linde",
        "type": "gehoor.dossier.registered",
        "subject": opened.number,
        "time": "2026-05-12T11:00:00Z",
        "datacontenttype": "application/json",
        "data": {
            "dossier": opened.dossier,
            "number": opened.number,
            "organisation": "de-linde",
            "department": "beukenhof",
            "href": f"https://gehoor.example/api/v1/dossiers/{opened.dossier}",
        },
    }
    assert headers["content-type"].startswith("application/cloudevents+json")


def test_what_is_told_is_signed_as_standard_webhooks_has_it() -> None:
    one = house()
    open_by_web(one.runtime, "2026-05-12 13:00")
    texts = [message.text for message in waiting(one.runtime)]
    one.tell()
    ((_address, headers, event),) = one.portal.heard
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{texts[0]}"
    key = base64.b64decode(one.secret.removeprefix("whsec_"))
    digest = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    assert headers["webhook-id"] == event["id"]
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def waiting(runtime: Runtime) -> list[Any]:
    with reading(runtime.store) as register:
        return register.messages_to_send(at("2030-01-01 00:00"), 1000, "posting")


def seen(runtime: Runtime, dossier: str, when: datetime) -> Any:
    """What whoever told it sees, as their page shows it."""
    found = follow(runtime, dossier, when)
    return (
        [(one.phase.id, one.done, one.open) for one in found.phases],
        [(state.key, due) for state, due in found.coming],
        found.standing, found.closed, len(found.conversation), len(found.letters), found.withdrawn, found.answered,
        found.current.phase.id if found.current else "",
    )  # fmt: skip


def test_each_change_that_the_page_shows_is_told_once_and_no_other() -> None:
    """The course of a complaint from the first word to the last: after each act, what is heard is what is seen."""
    one = house()
    runtime, tells = one.runtime, {**FROM_OUTSIDE}
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = open_by_web(runtime, "2026-05-12 14:00", **tells).dossier
    one.tell(at("2026-05-12 14:00"))
    acts: list[tuple[str, Callable[[str], object]]] = [
        ("05-12 15:00", lambda when: fill(runtime, dossier, when, onderwerp="Soep")),
        ("05-12 16:00", lambda when: write_note(runtime, dossier, "Intern", "n", at(when), "els")),
        ("05-12 17:00", lambda when: assign(runtime, Assigning(dossier, "els", RUNS), at(when))),
        ("05-13 08:00", lambda when: write_to_us(runtime, dossier, "Bel mijn zus.", "weg-1", at(when))),
        ("05-13 09:00", lambda when: fill(
            runtime, dossier, when, **REGISTERED, type_bericht="klacht", registratiedatum="2026-05-13",
            ontvangstmelding_op="2026-05-13", ontvangstmelding_wijze="email",
        )),
        ("05-14 09:00", lambda when: write_back(runtime, dossier, "Wij belden.", "terug-1", at(when), "els")),
        ("05-20 09:00", lambda when: fill(runtime, dossier, when, **{**FOUNDED, "ernst": 3})),
        ("05-21 09:00", lambda when: fill(runtime, dossier, when, omstandigheden="Er waren twee zieken.")),
        ("05-29 09:00", lambda when: fill(runtime, dossier, when, actor="behandelaarster", **ANSWERED)),
        ("06-10 09:00", lambda when: fill(runtime, dossier, when, reason="Zij wilde geen nazorg.", **CLOSED)),
        ("06-11 09:00", lambda when: reopen(runtime, dossier, "Er kwam nieuws", RUNS, at(when))),
    ]  # fmt: skip
    told: dict[str, list[str]] = {}
    for day, act in acts:
        when = f"2026-{day}"
        before = seen(runtime, dossier, at(when))
        act(when)
        told[day] = one.tell(at(when))
        assert len(told[day]) == (seen(runtime, dossier, at(when)) != before), day
    assert told["06-10 09:00"] == ["closed"]
    assert told["06-11 09:00"] == ["reopened"]
    assert {"changed"} < {*map("".join, told.values())}
    assert told["05-12 16:00"] == []


def test_a_day_that_passed_is_told_once_by_however_many_sweeps() -> None:
    one = house()
    open_by_web(one.runtime, "2026-05-12 09:00")
    one.tell()
    late = at("2026-07-31 09:00")
    for _ in range(3):
        sweep(one.runtime, late)
    with reading(one.runtime.store) as register:
        keys = [message["key"] for message in register.tables.select("messages", where={"state": "posting"})]
    assert len(keys) == len(set(keys)) >= 1
    assert set(one.tell(late)) == {"changed"}


def test_what_was_refused_is_not_told() -> None:
    one = house()
    dossier = open_by_web(one.runtime, "2026-05-12 09:00").dossier
    one.tell()
    with pytest.raises(RefusedError):
        fill(one.runtime, dossier, "2026-05-12 10:00", afgesloten_op="2026-05-12")
    assert one.tell() == []


def test_a_program_hears_what_it_chose_of_its_organisation() -> None:
    one = house()
    subscribed(one.runtime, one.portal, "https://dicht.example/", events=(HookEvent.CLOSED.value,))
    open_by_web(one.runtime, "2026-05-12 09:00")
    one.tell()
    assert [address for address, _headers, _event in one.portal.heard] == [ADDRESS]


def test_a_program_that_is_down_hears_it_later_under_the_same_id() -> None:
    one = house()
    one.portal.down.add(ADDRESS)
    open_by_web(one.runtime, "2026-05-12 13:00")
    for minutes in (0, 1, 3, 7):
        one.tell(NOW + timedelta(minutes=minutes))
    assert (len(one.portal.tried), one.portal.heard) == (4, [])
    one.portal.down.clear()
    assert one.tell(NOW + timedelta(minutes=15)) == ["registered"]
    assert one.tell(NOW + timedelta(days=1)) == []


def test_a_program_that_is_down_is_tried_once_a_round_and_keeps_nobody() -> None:
    one = house()
    other = "https://ander.example/"
    subscribed(one.runtime, one.portal, other)
    one.portal.down.add(ADDRESS)
    for _ in range(5):
        open_by_web(one.runtime, "2026-05-12 13:00")
    post = PaperPost()
    deliver(one.runtime, post, lambda: NOW)
    assert len(one.tell()) == 5
    assert one.portal.tried.count(ADDRESS) == 1
    assert {address for address, _headers, _event in one.portal.heard} == {other}


def test_a_program_that_is_down_is_tried_once_however_much_waits() -> None:
    one = house()
    one.portal.down.add(ADDRESS)
    for _ in range(90):
        open_by_web(one.runtime, "2026-05-12 13:00")
    other = "https://ander.example/"
    subscribed(one.runtime, one.portal, other)
    open_by_web(one.runtime, "2026-05-12 13:00")
    assert one.tell() == ["registered"]
    assert one.portal.tried.count(ADDRESS) == 1
    assert one.tell(NOW + timedelta(seconds=59)) == []
    one.portal.down.clear()
    assert len(one.tell(NOW + timedelta(minutes=2))) == 91


def test_a_program_that_is_down_keeps_nobody_on_a_machine_where_each_step_takes_minutes() -> None:
    one = house()
    one.portal.down.add(ADDRESS)
    for _ in range(3):
        open_by_web(one.runtime, "2026-05-12 13:00")
    asked = count()
    post_events(one.runtime, one.portal, VAULT, lambda: NOW + timedelta(minutes=2 * next(asked)))
    assert one.portal.tried == [ADDRESS]


def test_a_program_that_is_slow_keeps_no_other_waiting() -> None:
    one = house()
    for _ in range(60):
        open_by_web(one.runtime, "2026-05-12 13:00")
    other = "https://ander.example/"
    subscribed(one.runtime, one.portal, other)
    open_by_web(one.runtime, "2026-05-12 13:00")
    clock, until_other = [NOW], list[datetime]()
    heard = one.portal.post

    def slow(address: str, headers: Mapping[str, str], body: bytes) -> None:
        if address == ADDRESS:
            clock[0] += timedelta(seconds=9)
        else:
            until_other.append(clock[0])
        heard(address, headers, body)

    one.portal.post = slow  # type: ignore[method-assign]  # a program that takes its time
    post_events(one.runtime, one.portal, VAULT, lambda: clock[0])
    assert until_other[0] - NOW < timedelta(minutes=1)
    assert one.portal.tried.count(ADDRESS) <= 8
    for _ in range(40):
        clock[0] += timedelta(seconds=30)
        post_events(one.runtime, one.portal, VAULT, lambda: clock[0])
    assert one.portal.tried.count(ADDRESS) == 61


def test_who_is_told_something_for_long_keeps_no_other_from_what_comes_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posting, "_PACE", 0.01)
    one = house()
    other = "https://ander.example/"
    open_by_web(one.runtime, "2026-05-12 13:00")
    heard, told = one.portal.post, threading.Event()
    in_time: list[bool] = []

    def slow(address: str, headers: Mapping[str, str], body: bytes) -> None:
        if address == ADDRESS and not in_time:
            subscribed(one.runtime, one.portal, other)
            open_by_web(one.runtime, "2026-05-12 13:30")
            in_time.append(told.wait(PATIENCE))
        heard(address, headers, body)
        if address == other:
            told.set()

    one.portal.post = slow  # type: ignore[method-assign]  # a program that takes its time
    assert one.tell() == ["registered", "registered"]
    assert in_time == [True]
    assert one.portal.tried == [other, ADDRESS]
    assert one.tell(NOW + timedelta(seconds=30)) == ["registered"]


def test_a_sender_that_was_killed_leaves_it_to_the_next() -> None:
    one = house()
    open_by_web(one.runtime, "2026-05-12 13:00")

    class KilledError(BaseException):
        pass

    def killed(*_: Any) -> None:
        raise KilledError

    one.portal.post = killed  # type: ignore[method-assign]
    with pytest.raises(KilledError):
        one.tell()
    one.portal.__dict__.pop("post")
    assert one.tell(NOW + timedelta(minutes=10)) == ["registered"]


def test_after_days_in_vain_it_stands_still_until_somebody_lets_it_go_on() -> None:
    one = house()
    one.portal.down.add(ADDRESS)
    open_by_web(one.runtime, "2026-05-12 13:00")
    for hours in range(0, 24 * 5, 3):
        one.tell(NOW + timedelta(hours=hours))
    (shown,) = hooks_shown(one.runtime, RUNS, NOW)
    assert (shown.hook.is_paused, shown.hook.why, shown.waiting) == (True, "het antwoord was 500", 1)
    tried = len(one.portal.tried)
    open_by_web(one.runtime, "2026-05-18 13:00")
    assert one.tell(NOW + timedelta(days=9)) == []
    assert len(one.portal.tried) == tried
    one.portal.down.clear()
    send_again(one.runtime, one.hook.id, RUNS, NOW + timedelta(days=10))
    assert one.tell(NOW + timedelta(days=10)) == ["registered", "registered"]
    (shown,) = hooks_shown(one.runtime, RUNS, NOW)
    assert (shown.hook.is_paused, shown.waiting, len(shown.last)) == (False, 0, 2)


def test_what_happens_while_it_stands_still_waits() -> None:
    one = house()
    pause(one.runtime, one.hook.id, RUNS, NOW)
    open_by_web(one.runtime, "2026-05-12 13:00")
    assert one.tell() == []
    send_again(one.runtime, one.hook.id, RUNS, NOW)
    assert one.tell() == ["registered"]


def test_a_program_that_is_gone_hears_nothing_of_what_waited() -> None:
    one = house()
    open_by_web(one.runtime, "2026-05-12 13:00")
    unsubscribe(one.runtime, one.hook.id, RUNS, NOW)
    open_by_web(one.runtime, "2026-05-12 13:30")
    assert one.tell() == []
    assert hooks_shown(one.runtime, RUNS, NOW) == []


def test_subscriptions_that_are_damaged_keep_nobody_from_telling(monkeypatch: pytest.MonkeyPatch) -> None:
    one = house()
    whole = SettingRecords.setting

    def damaged(register: SettingRecords, name: str) -> str | None:
        if name == HOOKS:
            raise DamagedError("settings hooks", "settings", name)
        return whole(register, name)

    monkeypatch.setattr(SettingRecords, "setting", damaged)
    assert open_by_web(one.runtime, "2026-05-12 13:00").number == "BEU-2026-0001"


def test_messages_to_people_are_no_events_and_events_no_messages() -> None:
    one = house()
    dossier = open_by_web(one.runtime, "2026-05-12 13:00").dossier
    assert all(message.hook is None for message in look(one.runtime, dossier, NOW).messages)
    post = PaperPost()
    deliver(one.runtime, post, lambda: NOW)
    assert one.tell() == ["registered"]


def test_the_secret_is_sealed() -> None:
    one = house()
    with reading(one.runtime.store) as register:
        assert one.secret.removeprefix("whsec_") not in str(register.setting("hooks"))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"name": " "}, "name"),
        ({"address": "http://portaal.example/"}, "https"),
        ({"address": "https://10.0.0.1/"}, "private"),
        ({"address": "portaal"}, "address"),
        ({"events": ()}, "events"),
        ({"events": ("iets",)}, "events"),
    ],
)
def test_what_cannot_be_a_subscription_is_refused(other: dict[str, Any], code: str) -> None:
    with pytest.raises(HookRefusedError) as refused:
        subscribed(de_linde(), Portal(), **other)
    assert refused.value.code == code


# On the pages

PAGE = "/medewerker/beheer/webhooks"


def managed() -> tuple[Site, Visitor]:
    site = new_site()
    for department in ("beukenhof", "eikenrode"):
        publish_change(site.runtime, keeping(Action.MANAGE_ACCOUNTS), "2026-05-12 12:00", department)
    site.app.extensions["gehoor"] = replace(site.app.extensions["gehoor"], poster=Portal())
    return site, site.staff("els", "de-linde/*:kwaliteitscoordinator")


def test_who_manages_all_of_an_organisation_subscribes_a_program_and_sees_its_secret_once() -> None:
    _site, els = managed()
    page = els.page(PAGE)
    assert page_faults(page) == []
    token = page.value("csrf_token")
    sent = {
        "csrf_token": token,
        "naam": "Portaal",
        "adres": ADDRESS,
        "organisatie": "de-linde",
        "gebeurtenis": [*EVERY],
    }
    answer = els.post(PAGE, sent)
    assert answer.status_code == 200
    assert "whsec_" in answer.text
    shown = els.page(PAGE)
    assert page_faults(shown) == []
    assert ("Portaal" in shown.text, "whsec_" in shown.text) == (True, False)


def test_what_is_wrong_is_said_at_its_field() -> None:
    _site, els = managed()
    token = els.page(PAGE).value("csrf_token")
    answer = els.post(PAGE, {"csrf_token": token, "naam": "x", "adres": "http://x.example", "organisatie": "de-linde",
                             "gebeurtenis": [*EVERY]})  # fmt: skip
    assert (answer.status_code, 'id="adres-fout"' in answer.text) == (422, True)


def test_somebody_else_than_who_manages_all_of_it_sees_none_and_changes_none() -> None:
    site, _els = managed()
    hook, _secret = subscribed(site.runtime, Portal())
    piet = site.staff("piet", "kwaliteitscoordinator")
    page = piet.page(PAGE)
    assert ADDRESS not in page.text
    token = piet.page("/medewerker/mijn-account").value("csrf_token")
    for what in ("pauzeren", "opnieuw", "verwijderen"):
        assert piet.post(f"{PAGE}/{hook.id}/{what}", {"csrf_token": token}).status_code == 404
    with pytest.raises(UnknownHookError):
        subscribe(site.runtime, (VAULT, Portal()), NewHook("de-linde", "x", ADDRESS, EVERY), "piet", NOW)


@pytest.mark.parametrize("what", ["pauzeren", "opnieuw", "verwijderen"])
def test_a_subscription_is_paused_sent_again_and_removed(what: str) -> None:
    site, els = managed()
    hook, _secret = subscribed(site.runtime, Portal())
    token = els.page("/medewerker/mijn-account").value("csrf_token")
    answer = els.post(f"{PAGE}/{hook.id}/{what}", {"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?gedaan={what}")
    assert page_faults(els.page(answer.location)) == []
