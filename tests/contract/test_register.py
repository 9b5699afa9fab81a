"""The register means the same on every store."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from gehoor.adapters.stores.sql.conditions import condition
from gehoor.adapters.stores.sql.paging import order as sql_order
from gehoor.adapters.stores.sqlite.tables.dialect import SQLITE
from gehoor.adapters.stores.sqlite.tables.table_making import layout_of
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.dossier.events import EventKind, NewEvent, instant_text, seal, verify
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.ports.records import Account, Message, Publication, SignIn, Summary
from gehoor.services.ports.store import DamagedError, Store, Where
from gehoor.services.records.tables import DOSSIERS, SCHEMAS
from gehoor.services.register.register import UnknownDossierError, VersionConflictError, reading, writing
from tests.support.clock import at
from tests.support.de_linde import de_linde, departments, open_by_phone
from tests.support.patience import PATIENCE
from tests.support.processes import environment

HERE = ("de-linde", "beukenhof")
THERE = ("de-linde", "eikenrode")
ELSEWHERE = ("waterhof", "beukenhof")
NOON = at("2026-05-12 12:00")


def summary(
    name: str,
    department: tuple[str, str] = HERE,
    *,
    due: int | None = None,
    attention: int | None = None,
    closed: bool = False,
    opened: int = 0,
    number: str = "BEU-2026-0001",
    code: str | None = None,
) -> Summary:
    """Return a line of a list; moments are hours after noon."""

    def moment(hours: int | None) -> str | None:
        return None if hours is None else instant_text(NOON + timedelta(hours=hours))

    return Summary(
        id=name, organisation=department[0], department=department[1], number=number, agreement="a",
        subject="Bel", kind="klacht", phase="Begrip", received="2026-05-12", closed=closed,
        opened_at=moment(opened) or "", version=1, terms=({"term": "antwoord", "due": "2026-06-11"},),
        due_at=moment(due), attention_at=moment(attention), code_hash=code,
    )  # fmt: skip


def keep(store: Store, *summaries: Summary) -> None:
    with writing(store) as register:
        for line in summaries:
            register.save_summary(line)


def listed(store: Store, *places: tuple[str, str], **named: int | bool) -> list[str]:
    with reading(store) as register:
        return [line.id for line in register.summaries(places, **named)]  # type: ignore[arg-type]


def test_events_come_back_as_they_were_written(store: Store) -> None:
    data = {"values": {"anoniem": True, "drager": ["brief"], "uiteenzetting": "é € 🙂\n\\"}, "cleared": []}
    events = seal(
        [NewEvent(EventKind.ANSWERED, data)] * 12,
        dossier="d",
        after=(0, ""),
        at=NOON,
        actor="ria",
        agreement="a",
    )
    with writing(store) as register:
        register.append(list(reversed(events)))
    with reading(store) as register:
        assert register.events("d") == events
        verify(register.events("d"))


def test_a_place_in_a_dossier_is_taken_once(store: Store) -> None:
    first, second = (
        seal([NewEvent(EventKind.ANSWERED, {"values": {}, "cleared": []})], dossier="d", after=(0, ""), at=NOON,
             actor=actor, agreement="a")
        for actor in ("ria", "jo")
    )  # fmt: skip
    with writing(store) as register:
        register.append(first)
    with pytest.raises(VersionConflictError), writing(store) as register:
        register.append(second)
    with reading(store) as register:
        assert register.events("d") == first


def test_a_dossier_that_is_not_there_is_unknown(store: Store) -> None:
    with reading(store) as register:
        assert (register.events("d"), register.summary("d")) == ([], None)
        with pytest.raises(UnknownDossierError):
            register.dossier("d")


def test_a_summary_comes_back_as_it_was(store: Store) -> None:
    line = summary("d", due=1, attention=2, code="hash")
    keep(store, line)
    with reading(store) as register:
        assert register.summary("d") == line


def test_lists_hold_the_earliest_due_first_and_what_is_never_due_last(store: Store) -> None:
    keep(
        store,
        summary("b", due=5),
        summary("never", due=None),
        summary("a", due=1),
        summary("later", due=5, opened=1),
    )
    assert listed(store, HERE) == ["a", "b", "later", "never"]


def test_lists_of_several_organisations_are_one_list(store: Store) -> None:
    keep(
        store, summary("1", ELSEWHERE, due=1), summary("2", HERE, due=2), summary("3", THERE, due=3),
        summary("4", ELSEWHERE, due=4),
    )  # fmt: skip
    assert listed(store, HERE, ELSEWHERE, THERE) == ["1", "2", "3", "4"]


def test_lists_hold_only_the_departments_asked_for(store: Store) -> None:
    keep(store, summary("here", HERE), summary("there", THERE), summary("elsewhere", ELSEWHERE))
    assert listed(store, HERE) == ["here"]
    assert listed(store) == []


def test_open_and_closed_are_two_lists(store: Store) -> None:
    keep(store, summary("open"), summary("closed", closed=True))
    assert (listed(store, HERE), listed(store, HERE, closed=True)) == (["open"], ["closed"])


@pytest.mark.parametrize("places", [(HERE,), (HERE, ELSEWHERE)], ids=["one organisation", "two"])
def test_a_list_goes_on_in_one_order(store: Store, places: tuple[tuple[str, str], ...]) -> None:
    keep(store, *(summary(f"d{n}", places[n % len(places)], due=n) for n in range(7)))
    assert listed(store, *places) == ["d0", "d1", "d2", "d3", "d4", "d5", "d6"]
    with reading(store) as register:
        assert register.tables.count("dossiers") == 7


def test_attention_goes_to_what_waits_longest_and_to_nothing_before_its_time(store: Store) -> None:
    keep(
        store, summary("now", attention=0), summary("soon", attention=1), summary("long ago", attention=-9),
        summary("never", attention=None),
    )  # fmt: skip
    with reading(store) as register:
        waiting = lambda *asked: [summary.id for summary in register.attention_before(*asked)]  # noqa: E731
        assert waiting(NOON, 10) == ["long ago", "now"]
        assert waiting(NOON - timedelta(microseconds=1), 10) == ["long ago"]
        assert waiting(NOON + timedelta(hours=1), 2) == ["long ago", "now"]


def test_a_dossier_is_found_by_number_in_every_organisation(store: Store) -> None:
    keep(store, summary("a", HERE), summary("b", ELSEWHERE), summary("c", number="BEU-2026-0002"))
    with reading(store) as register:
        assert {line.id for line in register.by_number("BEU-2026-0001")} == {"a", "b"}


def test_a_dossier_is_found_by_the_hash_of_its_code_only(store: Store) -> None:
    keep(store, summary("a", code="hash"), summary("b"))
    with reading(store) as register:
        found = register.by_code("hash")
        assert found is not None
        assert found.id == "a"
        assert register.by_code("") is None


def test_a_series_counts_from_one_and_each_on_its_own(store: Store) -> None:
    with writing(store) as register:
        assert [register.next_number(series) for series in ("a", "a", "b", "a")] == [1, 2, 1, 3]


def test_a_number_that_was_drawn_in_vain_is_drawn_again(store: Store) -> None:
    with pytest.raises(RuntimeError, match="in vain"):
        _draw_in_vain(store)
    with writing(store) as register:
        assert register.next_number("a") == 1


def _draw_in_vain(store: Store) -> None:
    with writing(store) as register:
        register.next_number("a")
        raise RuntimeError("in vain")


def test_a_message_is_queued_once_and_tried_in_its_turn(store: Store) -> None:
    def message(key: str, hours: int | None, state: str = "waiting") -> Message:
        moment = None if hours is None else instant_text(NOON + timedelta(hours=hours))
        created = instant_text(NOON)
        return Message(key, "d", *HERE, "rol", ("a@b.be", "c@d.be"), "S", "T", created, state, next_at=moment)

    with writing(store) as register:
        queued = [
            register.queue(message(key, hours)) for key, hours in (("b", 0), ("a", -1), ("b", 5), ("late", 1))
        ]
        register.save_message(message("sent", None, "sent"))
    assert queued == [True, True, False, True]
    with reading(store) as register:
        assert [m.key for m in register.messages_to_send(NOON, 10)] == ["a", "b"]
        assert register.messages_to_send(NOON, 1) == [message("a", -1)]


def test_an_agreement_is_kept_once_and_never_changed(store: Store) -> None:
    first = {"naam": "eerst", "b": 1, "a": 2}
    digest = content_hash(dump(first))
    with writing(store) as register:
        register.save_agreement(digest, first, {"rules/x": "f:1"})
        register.save_agreement(digest, {"naam": "later"}, {})
    with reading(store) as register:
        kept = register.agreement_document(digest)
        assert kept == ({"naam": "eerst", "b": 1, "a": 2}, {"rules/x": "f:1"})
        assert list(kept[0]) == ["naam", "b", "a"], "in the order in which it was written"
        assert register.agreement_document("other") is None


def test_an_agreement_that_stands_in_the_place_of_another_is_no_agreement(store: Store) -> None:
    with writing(store) as register:
        register.save_agreement(content_hash("een ander"), {"naam": "later"}, {})
    with reading(store) as register, pytest.raises(DamagedError):
        register.agreement_document(content_hash("een ander"))


def test_publications_are_a_history(store: Store) -> None:
    published = [Publication(*HERE, f"hash{n}", instant_text(NOON), n, "ria") for n in range(1, 12)]
    with writing(store) as register:
        for publication in [*reversed(published), Publication(*ELSEWHERE, "x", instant_text(NOON), 1)]:
            register.publish(publication)
    with reading(store) as register:
        assert register.publications(*HERE) == published
        assert register.published_departments() == [HERE, ELSEWHERE]


def test_accounts_sessions_and_settings_come_and_go(store: Store) -> None:
    account = Account("ria", "Ria", "ria@delinde.example", "hash", ("de-linde/*:onthaal",), active=False)
    session = SignIn("token", "ria", instant_text(NOON), instant_text(NOON))
    with writing(store) as register:
        register.save_account(account)
        register.save_session(session)
        register.save_setting("sleutel", "waarde")
        register.remember_submission("key", "d")
    with writing(store) as register:
        assert (register.account("ria"), register.accounts()) == (account, [account])
        assert (register.session("token"), register.setting("sleutel")) == (session, "waarde")
        assert (register.submission("key"), register.submission("other")) == ("d", None)
        register.end_session("token")
        assert register.session("token") is None


def test_numbers_have_no_gaps_under_five_processes(tmp_path: Path) -> None:
    file, each = tmp_path / "register.db", 6
    store = TinyDBStore(file, SCHEMAS)
    runtime = de_linde(store, tuple(departments())[:2])
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.register_worker", "open", str(file), department, str(each)],
            stdout=subprocess.PIPE, text=True, env=environment(),
        )
        for department in ["beukenhof"] * 3 + ["eikenrode"] * 2
    ]  # fmt: skip
    mine = [open_by_phone(runtime, "2026-05-12 14:00").number for _ in range(each)]
    drawn = [number for worker in workers for number in worker.communicate(timeout=PATIENCE)[0].split()]
    assert {worker.returncode for worker in workers} == {0}
    assert sorted([*mine, *drawn]) == [
        *(f"BEU-2026-{n:04}" for n in range(1, 4 * each + 1)),
        *(f"EIK-2026-{n:04}" for n in range(1, 2 * each + 1)),
    ]
    with reading(store) as register:
        assert register.tables.count("events", where={"sequence": 1}) == 6 * each
    store.close()


@pytest.mark.parametrize("order", ["due_at", "received", "number", "changed_at"])
@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize(
    "asked",
    [
        Where(),
        Where({"kind": "klacht", "phase": "Begrip", "severity": "3"}),
        Where(holding=(("beside", "els"),)),
        Where(between={"due_at": (instant_text(NOON), None), "received": ("2026", None)}),
        Where(holding=(("flags", "Ernstig"),), without=("d1", "d2")),
    ],
)
def test_a_list_is_read_in_its_order_and_narrowed_without_opening_a_dossier(
    tmp_path: Path, order: str, way: str, asked: Where
) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    layout = layout_of(DOSSIERS)
    place = {"organisation": "de-linde", "department": "beukenhof", "closed": False}
    where = Where({**place, **asked.equals}, asked.between, asked.holding, asked.without)
    said = condition(SQLITE, layout, where, None, order)
    assert said is not None
    sorted_by = sql_order(SQLITE, layout, (f"{way}{order}",))
    with store.database.storage.snapshot() as session:

        def plan(what: str, order: str) -> str:
            text = f"EXPLAIN QUERY PLAN SELECT {what} FROM dossiers WHERE {said.sql} {order}"
            return "; ".join(row[3] for row in session.rows(text, said.values))

        read, counted = plan("*", f"ORDER BY {sorted_by}"), plan("count(*)", "")
    store.close()
    assert f"dossiers.organisation.department.closed.{order}+" in read
    assert "TEMP B-TREE" not in read
    assert "COVERING INDEX dossiers.organisation.department.closed" in counted
