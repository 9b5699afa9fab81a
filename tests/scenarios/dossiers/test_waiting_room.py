"""Who sends nothing but files pushes out only what is their own; everybody else attaches files as ever."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.store import Tables
from gehoor.services.recording.attachments import NewFile, keep_waiting, waiting
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register import waiting_room
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.waiting_room import FILES, make_room, room_for
from gehoor.web.request import shares
from gehoor.web.request.shares import network_of, share_of
from tests.support.clock import at
from tests.support.de_linde import ORGANISATION, STORY, new_runtime
from tests.support.pages import Page
from tests.support.pictures import PDF
from tests.support.site import Site, new_site

TELL = f"/{ORGANISATION}/beukenhof/melden/alles"
NOW = at("2026-05-20 09:00")
numbers = count()


def files(size: int, amount: int = 1) -> list[NewFile]:
    return [NewFile(f"f{next(numbers)}", "brief.pdf", "pdf", b"x" * size) for _ in range(amount)]


def there(runtime: Runtime, key: str, sent: list[NewFile]) -> list[str]:
    """Which of these files still wait."""
    return [*waiting(runtime, key, [file.id for file in sent])]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """A register with room for ten files of 1,000 bytes, of which four may be of one share."""
    one = room_for(1000)
    monkeypatch.setattr(waiting_room, "ROOM", 10 * one)
    monkeypatch.setattr(waiting_room, "SHARE", 4 * one)
    return new_runtime()


def test_a_share_that_is_full_loses_its_own_oldest_files(small: Runtime) -> None:
    mine, theirs = files(1000, 6), files(1000)
    assert keep_waiting(small, "theirs", theirs, NOW - timedelta(hours=3), "b")
    for number, file in enumerate(mine):
        assert keep_waiting(small, f"mine-{number}", [file], NOW + timedelta(minutes=number), "a")
    kept = [number for number, file in enumerate(mine) if there(small, f"mine-{number}", [file])]
    assert kept == [2, 3, 4, 5]
    assert len(there(small, "theirs", theirs)) == 1, "the oldest of all, and of somebody who takes little"


def test_when_the_room_is_full_the_greediest_make_room(small: Runtime) -> None:
    sent = {share: files(1000, 4) for share in "ab"}
    for share in "ab":
        assert keep_waiting(small, share, sent[share], NOW, share)
    few = files(1000, 2)
    assert keep_waiting(small, "c", few, NOW, "c")
    newcomer = files(1000)
    assert keep_waiting(small, "d", newcomer, NOW + timedelta(hours=1), "d")
    assert len(there(small, "c", few)) == 2
    assert len(there(small, "d", newcomer)) == 1
    assert sorted(len(there(small, share, sent[share])) for share in "ab") == [3, 4]


def test_small_files_take_little_room(small: Runtime) -> None:
    sent = files(1, 4)
    assert keep_waiting(small, "a", sent, NOW, "a")
    assert len(there(small, "a", sent)) == 4
    large = files(3 * room_for(1000))
    assert keep_waiting(small, "b", large, NOW, "b")
    assert len(there(small, "a", sent)) == 4
    with reading(small.store) as register:
        assert register.tables.totals(FILES, "room", by="share")["a"] == 4 * room_for(1)


def test_who_sends_more_than_a_share_at_once_costs_nobody_else_a_file(small: Runtime) -> None:
    theirs, mine = files(1000, 3), files(1000, 6)
    assert keep_waiting(small, "theirs", theirs, NOW, "b")
    assert keep_waiting(small, "mine", mine, NOW, "a")
    assert len(there(small, "theirs", theirs)) == 3
    with reading(small.store) as register:
        assert sum(register.tables.totals(FILES, "room", by="share").values()) <= waiting_room.ROOM


def test_what_a_form_holds_stays_while_others_of_it_go(
    small: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_room, "MOST_OF_FORM", 3)
    first, rest = files(10), files(10, 4)
    assert keep_waiting(small, "form", first, NOW - timedelta(hours=1), "a")
    for number, file in enumerate(rest):
        answers = [first[0].id, file.id]
        assert keep_waiting(small, "form", [file], NOW + timedelta(minutes=number), "a", answers)
    assert there(small, "form", [*first, *rest]) == [first[0].id, rest[2].id, rest[3].id]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.integers(0, 4000), st.integers(1, 5)), min_size=1, max_size=60
    )
)
@settings(max_examples=60)
def test_whoever_comes_the_room_is_never_over_full_and_the_newest_is_in_it(
    comings: list[tuple[str, int, int]],
) -> None:
    store = MemoryStore(SCHEMAS)
    total, share_of_it = 12 * room_for(4000), 5 * room_for(4000)
    with pytest.MonkeyPatch.context() as patch, store.transaction() as tables:
        patch.setattr(waiting_room, "ROOM", total)
        patch.setattr(waiting_room, "SHARE", share_of_it)
        for number, (share, size, amount) in enumerate(comings):
            fair = {one: taken for one, taken in _taken(tables).items() if one != share}
            sizes = [room_for(size)] * amount
            make_room(tables, share, sizes)
            for which, room in enumerate(sizes):
                name = f"{number}/{which}"
                row = {"waits": True, "share": share, "room": room}
                moment = f"2026-01-01T00:00:00.{number:06}Z"
                tables.insert(FILES, name, {"id": name, "waits_since_at": moment, **row})
            taken = _taken(tables)
            assert sum(taken.values()) <= total
            assert taken[share] <= share_of_it
            # Nobody loses anything to somebody who has more there than they.
            lost = {one for one, before in fair.items() if taken.get(one, 0) < before}
            assert all(fair[one] >= taken[share] - sum(sizes) for one in lost)


def _taken(tables: Tables) -> dict[str, int]:
    return tables.totals(FILES, "room", by="share")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1:50123", "192.0.2.1", True),
        ("[2001:db8::1]:50123", "2001:db8::2", True),
        ('"[2001:db8::1]:50123"', "2001:db8::2", True),
        ("64:ff9b::192.0.2.1", "192.0.2.1", True),
        ("64:ff9b::192.0.2.1", "64:ff9b::192.0.2.2", False),
        ("64:ff9b:1:fffe::192.0.2.1", "64:ff9b:1:fffe::192.0.2.2", False),
        ("64:ff9b:1:c000:2:100::", "64:ff9b:1:c000:2:200::", False),
        ("2002:c000:201::1", "2002:c000:201:ffff::1", True),
        ("2002:c000:201::1", "192.0.2.1", True),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "192.0.2.45", True),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:0:4136:e378:8000:63bf:3fff:fdd1", False),
        ("", "", True),
        ("unix", "unix", True),
    ],
)
def test_a_network_is_what_one_visitor_may_have(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_share_is_one_of_few_and_tells_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {share_of(f"10.{first}.{second}.1") for first in range(80) for second in range(256)}
    assert len(words) <= 4096
    before = [share_of(f"192.0.2.{host}") for host in range(20)]
    monkeypatch.setattr(shares, "_SECRET", b"another process")
    assert [share_of(f"192.0.2.{host}") for host in range(20)] != before


def _sent(site: Site, address: str, amount: int) -> TestResponse:
    visitor = site.visitor()
    visitor.client.environ_base["REMOTE_ADDR"] = address
    uploads = [(io.BytesIO(PDF), f"{number}.pdf") for number in range(amount)]
    return visitor.send(TELL, v_anoniem="ja", v_bijlagen=uploads)


def test_forty_posts_full_of_files_keep_nobody_else_from_attaching_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting_room, "ROOM", 40 * room_for(len(PDF)))
    monkeypatch.setattr(waiting_room, "SHARE", 10 * room_for(len(PDF)))
    site = new_site("2026-05-20 09:00")
    for _ in range(40):
        assert _sent(site, "192.0.2.1", 5).status_code == 422
    visitor = site.visitor()
    visitor.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    refused = visitor.send(TELL, v_anoniem="ja", v_bijlagen=(io.BytesIO(PDF), "brief.pdf"))
    kept = Page(refused.text)
    for _ in range(10):
        assert _sent(site, "192.0.2.1", 5).status_code == 422
    assert visitor.resend(TELL, kept, v_uiteenzetting=STORY, v_anoniem="ja").status_code == 303
    with reading(site.runtime.store) as register:
        assert register.tables.count(FILES, where={"waits": False}) == 1
        assert register.tables.count(FILES, where={"waits": True}) == 10
        dossier_file = register.tables.select(FILES, where={"waits": False})
        assert "share" not in dossier_file[0], "nothing of where it came from stays with a dossier"
    site.clock.now += timedelta(days=2)
    sweep(site.runtime, site.clock())
    with reading(site.runtime.store) as register:
        assert register.tables.totals(FILES, "room", by="share") == {}
