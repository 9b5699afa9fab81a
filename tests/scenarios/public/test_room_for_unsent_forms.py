"""Who begins form after form pushes out only what is their own; what others began or saved for later stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gehoor.services.intake import unsent_forms
from gehoor.services.intake.unsent_forms import Unsent, keep, new_token, open_unsent, save_for_later
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.shares import share_of
from tests.support.clock import at
from tests.support.de_linde import ORGANISATION, STORY, new_runtime
from tests.support.site import new_site

NOW = at("2026-05-20 09:00")
FORM = f"/{ORGANISATION}/beukenhof/melden/vraag/uiteenzetting"


def form(words: str = STORY) -> Unsent:
    return Unsent(ORGANISATION, "beukenhof", "melding", "key", {"uiteenzetting": words})


def begin(runtime: Runtime, share: str, minutes: int = 0) -> str:
    token = new_token()
    assert keep(runtime, token, form(), NOW + timedelta(minutes=minutes), share)
    return token


def there(runtime: Runtime, *tokens: str) -> list[bool]:
    return [open_unsent(runtime, token, NOW + timedelta(minutes=30)) is not None for token in tokens]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """A register with room for six forms, of which three may be of one share."""
    runtime = new_runtime()
    begin(runtime, "measure")
    with reading(runtime.store) as register:
        (one,) = register.tables.totals("unsent", "room", by="share").values()
    monkeypatch.setattr(unsent_forms, "ROOM", 6 * one)
    monkeypatch.setattr(unsent_forms, "SHARE", 3 * one)
    return new_runtime()


def test_who_begins_form_after_form_loses_their_own_oldest(small: Runtime) -> None:
    theirs = begin(small, "b")
    mine = [begin(small, "a", minute) for minute in range(1, 8)]
    assert there(small, *mine) == [False] * 4 + [True] * 3
    assert there(small, theirs) == [True]


def test_when_all_room_is_taken_the_oldest_of_whoever_has_most_goes(small: Runtime) -> None:
    mine = [begin(small, "a", minute) for minute in range(3)]
    others = [begin(small, share, 5) for share in ("b", "c", "d")]
    last = begin(small, "e", 6)
    assert there(small, *mine, *others, last) == [False, True, True, True, True, True, True]


def test_what_somebody_saved_for_later_is_not_pushed_out_by_others(small: Runtime) -> None:
    code, _ = save_for_later(small, begin(small, "b"), NOW) or ("", NOW)
    for minute in range(10):
        begin(small, "a", minute)
    assert there(small, code) == [True]


def test_of_one_share_what_was_saved_for_later_goes_last(small: Runtime) -> None:
    code, _ = save_for_later(small, begin(small, "a"), NOW) or ("", NOW)
    for minute in range(10):
        begin(small, "a", minute)
    assert there(small, code) == [True]


def test_going_on_with_a_form_takes_its_room_once(small: Runtime) -> None:
    others = [begin(small, "a") for _ in range(2)]
    mine = begin(small, "a", 1)
    for minute in range(5):
        assert keep(small, mine, form(), NOW + timedelta(minutes=minute), "a")
    assert there(small, *others, mine) == [True, True, True]


def test_each_network_and_account_has_its_own_share_of_the_room() -> None:
    site = new_site()
    for address in ("192.0.2.1", "192.0.2.1", "198.51.100.7"):
        visitor = site.visitor()
        visitor.client.environ_base["REMOTE_ADDR"] = address
        assert visitor.send(FORM, v_uiteenzetting=STORY, verder="verder").status_code == 303
    with reading(site.runtime.store) as register:
        shares = [form["share"] for form in register.tables.select("unsent")]
    assert sorted(shares) == sorted([share_of("192.0.2.1")] * 2 + [share_of("198.51.100.7")])
