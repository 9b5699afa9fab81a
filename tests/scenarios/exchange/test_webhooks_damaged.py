"""Which programs hear of what happens is damaged or gone: nothing that happens meanwhile, or waited, is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from gehoor.services.exchange.hooks import hooks_shown, unsubscribe
from gehoor.services.exchange.posting import post_events
from gehoor.services.maintenance.repair import repair
from gehoor.services.messages.hook_records import HOOKS, HOOKS_OF
from gehoor.services.ports.hooks import HookEvent
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.exchange.test_webhooks import NOW, RUNS, VAULT, Portal, subscribed
from tests.support.clock import at
from tests.support.damage import damaged, gone, mended
from tests.support.de_linde import de_linde, open_by_web

OWN = f"{HOOKS_OF}de-linde"
LATER = NOW + timedelta(days=1)
Hurt = Callable[[Runtime, str, str], None]


@pytest.fixture
def runtime() -> Runtime:
    return de_linde()


@pytest.fixture
def portal() -> Portal:
    return Portal()


def tell(runtime: Runtime, portal: Portal, *, later: bool = False) -> list[str]:
    """Tell what waits, and return of which dossiers was heard in all."""
    post_events(runtime, portal, VAULT, lambda: LATER if later else NOW)
    return [event["subject"] for _address, _headers, event in portal.heard]


def happens(runtime: Runtime) -> str:
    return open_by_web(runtime, "2026-05-12 13:00").number


@pytest.mark.parametrize("hurt", [damaged, gone])
@pytest.mark.parametrize("setting", [HOOKS, OWN])
def test_where_one_of_two_cannot_be_read_the_other_says_it(
    runtime: Runtime, portal: Portal, setting: str, hurt: Hurt
) -> None:
    subscribed(runtime, portal)
    first = happens(runtime)
    hurt(runtime, "settings", setting)
    second = happens(runtime)
    assert sorted(tell(runtime, portal)) == [first, second]


@pytest.fixture
def unreadable(runtime: Runtime, portal: Portal) -> tuple[str, str]:
    """Something that waited, and something that happened while nobody could tell for whom it is."""
    subscribed(runtime, portal)
    first = happens(runtime)
    damaged(runtime, "settings", HOOKS)
    damaged(runtime, "settings", OWN)
    return first, happens(runtime)


def test_what_nobody_can_tell_for_whom_it_is_waits(
    runtime: Runtime, portal: Portal, unreadable: tuple[str, str]
) -> None:
    assert tell(runtime, portal) == []


def test_where_both_are_gone_what_is_kept_of_another_organisation_tells_that_there_were_some(
    runtime: Runtime, portal: Portal
) -> None:
    subscribed(runtime, portal)
    with writing(runtime.store) as register:
        register.save_setting(f"{HOOKS_OF}waterhof", "[]")
        kept = {name: register.setting(name) for name in (HOOKS, OWN)}
    for setting in (HOOKS, OWN):
        gone(runtime, "settings", setting)
    happened = happens(runtime)
    assert tell(runtime, portal) == []
    with writing(runtime.store) as register:
        for name, value in kept.items():
            register.save_setting(name, value or "")
    assert tell(runtime, portal, later=True) == [happened]


@pytest.mark.parametrize("setting", [HOOKS, OWN])
def test_it_is_told_once_one_of_the_two_is_mended(
    runtime: Runtime, portal: Portal, unreadable: tuple[str, str], setting: str
) -> None:
    tell(runtime, portal)
    mended(runtime, "settings", setting)
    assert sorted(tell(runtime, portal, later=True)) == sorted(unreadable)


def test_it_is_told_once(runtime: Runtime, portal: Portal, unreadable: tuple[str, str]) -> None:
    mended(runtime, "settings", HOOKS)
    tell(runtime, portal)
    assert len(tell(runtime, portal, later=True)) == 2


def test_only_what_a_program_asked_for_is_told(runtime: Runtime, portal: Portal) -> None:
    subscribed(runtime, portal, events=(HookEvent.CLOSED.value,))
    damaged(runtime, "settings", HOOKS)
    damaged(runtime, "settings", OWN)
    happens(runtime)
    mended(runtime, "settings", HOOKS)
    assert tell(runtime, portal, later=True) == []


def test_what_waits_for_programs_that_are_gone_altogether_waits(runtime: Runtime, portal: Portal) -> None:
    subscribed(runtime, portal)
    happens(runtime)
    for setting in (HOOKS, OWN):
        gone(runtime, "settings", setting)
    tell(runtime, portal)
    with reading(runtime.store) as register:
        assert [one["state"] for _, one in register.tables.scan("messages") if one and one.get("hook")] == [
            "posting"
        ]


def test_what_waited_for_one_that_was_taken_away_is_not_told(runtime: Runtime, portal: Portal) -> None:
    hook, _secret = subscribed(runtime, portal)
    happens(runtime)
    unsubscribe(runtime, hook.id, RUNS, NOW)
    assert tell(runtime, portal) == []


@pytest.mark.parametrize("hurt", [damaged, gone])
@pytest.mark.parametrize("setting", [HOOKS, OWN])
def test_repair_makes_one_again_of_the_other(
    runtime: Runtime, portal: Portal, setting: str, hurt: Hurt
) -> None:
    hook, _secret = subscribed(runtime, portal)
    hurt(runtime, "settings", setting)
    repair(runtime, at("2026-05-12 15:00"))
    assert [one.hook.id for one in hooks_shown(runtime, RUNS, LATER)] == [hook.id]


def test_where_none_ever_was_nothing_is_kept(runtime: Runtime) -> None:
    happens(runtime)
    with reading(runtime.store) as register:
        assert not [one for _, one in register.tables.scan("messages") if one and one.get("hook") is not None]
