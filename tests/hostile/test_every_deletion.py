"""Whatever is deleted or changed behind Gehoor's back, in whichever table: ``verify`` tells it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.core.access.account_log import AccountEntry
from gehoor.core.dossier.access_log import Access
from gehoor.core.dossier.events import Event, NewEvent, seal
from gehoor.core.dossier.log_chain import hash_of
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore import restore
from gehoor.services.figures.report_records import ReportRecord, save_report
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.seals import Seal
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.documents import event_document, event_of
from gehoor.services.ports.records import SecondStep, from_document, to_document
from gehoor.services.ports.store import ColumnKind, Document, Store, Tables, TableSchema
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.keys import key_of
from gehoor.services.records.ledger import LedgerTables, add_row, head, row_hash
from gehoor.services.records.ledger_entries import FORGOTTEN, HOW, LEDGER, OF_DOSSIER, PASSING, SALTS, last_of
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from tests.support.clock import at
from tests.support.de_linde import REGISTERED, fill, open_by_phone, staff
from tests.support.faults import Tell
from tests.support.pictures import PDF
from tests.support.retention import closed_complaint, keeping, keeping_de_linde
from tests.support.site import new_site
from tests.support.tasks import measure, with_measures, with_tasks
from tests.support.workbench import proposed_by_operator

TOLD: Final = "/de-linde/beukenhof/melden/alles"
NOT_ENTERED: Final = {
    "left_out": "what it says reads as damaged is missed by the ledger where it does not say so",
    "pending": "it passes: what it says is made again from events, before the next look at a list",
    "recounts": "it passes: what it says is to be counted is counted with the next save too, and from events",
    "repeats": "it passes: for a day it is known what a program sent, and a dossier itself knows that it was opened",
    "searches": "the convenience of one person: nothing that was agreed, told or decided rests on it",
    "sessions": "it passes: whoever loses it signs in again, and what they do is entered",
    "tries": "it passes: it counts for a quarter of an hour",
    "unsaved": "it passes: what is typed and not saved is no answer",
    "unsent": "it passes: what is typed and not sent is no message, and only its writer can open it",
    "visits": "it passes: one hour of looking with a follow-up code",
}
"""Why what happens to these tables is not told."""
ATTACKED: Final = [one for one in SCHEMAS if one.name not in NOT_ENTERED]


def _keeping_with_tasks(document: dict[str, Any]) -> None:
    keeping(document)
    with_tasks(document)


@cache
def lines() -> tuple[bytes, ...]:
    """A register in the middle of its work, with something in every table that is entered, as a dump."""
    runtime = keeping_de_linde(MemoryStore(SCHEMAS), _keeping_with_tasks)
    for name in ("els", "koen"):
        staff(runtime, name, "kwaliteitscoordinator")
    site = new_site("2026-05-12 14:00", runtime)
    site.visitor().send(TOLD, v_uiteenzetting="Koud.", v_anoniem="ja", v_bijlagen=(io.BytesIO(PDF), "a.pdf"))
    (opened,) = everything(runtime.store)["pending"]
    old = closed_complaint(runtime)
    for _ in range(2):
        other = open_by_phone(runtime, "2026-05-12 14:00").dossier
        fill(runtime, other, "2026-05-13 09:00", **REGISTERED, vertrouwelijkheid="beperkt")
        fill(
            runtime, other, "2026-05-13 10:00", actor="els",
            voorwerp="persoon", aangeklaagde_medewerkers=["koen"],
        )  # fmt: skip
    with_measures(runtime, measure("koen"), measure("els"))
    sweep(runtime, at("2026-05-30 08:00"))
    site.clock.to("2026-05-30 09:00")
    reader = site.staff("ria")
    reader.get(f"/medewerker/dossiers/{opened}").close()
    reader.get(f"/medewerker/dossiers/{opened}/afdruk").close()
    change_account(runtime, AccountChange("ria", full_name="Anders"), Operator("beheer"), site.clock.now)
    with writing(runtime.store) as register:
        register.save_second_step(SecondStep("els", "sealed", "2026-05-12T12:00:00.000000Z"))
        save_report(register, ReportRecord("een", "de-linde", "jaarverslag", 2025, "kept", "Jaarverslag"))
    proposed_by_operator(runtime, "2026-05-30 10:00")
    survey(runtime, at("2031-06-11 09:00"))
    approve(runtime, [old], "els", at("2031-06-11 09:00"))
    assert carry_out(runtime, None, at("2031-06-11 09:00")).failed == {}
    closed_complaint(runtime)
    survey(runtime, at("2026-07-11 09:00"))
    project_pending(runtime)
    return tuple(Backup(runtime.store, at("2031-06-11 10:00")).lines())


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore(SCHEMAS)
    restore(made, lines())
    return made


def everything(store: Store) -> dict[str, dict[str, Document]]:
    with store.snapshot() as tables:
        return {
            schema.name: {key: document for key, document in tables.scan(schema.name) if document is not None}
            for schema in SCHEMAS
        }


def behind_its_back(store: Store, attack: Callable[[Tables], None]) -> list[Finding]:
    """What is told of a register of which the tables were written to by themselves."""
    with store.transaction() as tables:
        attack(tables)
    return sorted(verify(store).findings)


def deleting(table: str, keys: Iterable[str]) -> Callable[[Tables], None]:
    def attack(tables: Tables) -> None:
        for key in list(keys):
            tables.delete(table, key)

    return attack


def putting(table: str, key: str, document: Document) -> Callable[[Tables], None]:
    return lambda tables: tables.put(table, key, document)


def otherwise(schema: TableSchema, name: str, value: Any) -> Any:
    """Another value that can stand in its place."""
    kind = next((one.kind for one in schema.columns if one.name == name), None)
    if kind is ColumnKind.INSTANT and value:
        return f"1999{value[4:]}"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return [*value, "x"]
    return {**value, "x": 1} if isinstance(value, dict) else f"{value}x"


def test_every_table_is_attacked_or_it_is_said_why_not() -> None:
    assert set(NOT_ENTERED) == PASSING - {LEDGER, SALTS}
    assert {one.name for one in SCHEMAS} == PASSING | set(HOW)


def test_of_what_was_written_nothing_is_told(store: MemoryStore) -> None:
    assert verify(store).findings == []
    filled = {name for name, documents in everything(store).items() if documents}
    assert {one.name for one in ATTACKED} <= filled


@pytest.mark.parametrize("schema", ATTACKED, ids=lambda one: one.name)
def test_one_document_that_is_deleted_is_told_once(schema: TableSchema, fault: Tell) -> None:
    documents = everything(filled())[schema.name]
    for key in documents:
        store = filled()
        found = behind_its_back(store, deleting(schema.name, [key]))
        assert found, key
        if schema.name != LEDGER:
            assert len(found) == 1, (key, found)
            assert found[0].key in (key, key.partition("/")[0], key.rpartition("/")[0], key[:16]), found
    fault(f"documents deleted from {schema.name}", len(documents), "unnoticed")


def filled() -> MemoryStore:
    made = MemoryStore(SCHEMAS)
    restore(made, lines())
    return made


@pytest.mark.parametrize("schema", ATTACKED, ids=lambda one: one.name)
def test_every_value_that_is_changed_is_told(schema: TableSchema, fault: Tell) -> None:
    whole = filled()
    documents = everything(whole)[schema.name]
    names = dict.fromkeys(name for document in documents.values() for name in document if name != schema.key)
    done = 0
    for name in names:
        key = next(key for key, document in documents.items() if name in document)
        before = documents[key]
        after = {**before, name: otherwise(schema, name, before[name])}
        found = behind_its_back(whole, putting(schema.name, key, after))
        assert found, (key, name)
        with whole.transaction() as tables:
            tables.put(schema.name, key, before)
        done += 1
    assert verify(whole).findings == []
    fault(f"values changed in {schema.name}", done, "unnoticed")


@pytest.mark.parametrize("schema", ATTACKED, ids=lambda one: one.name)
def test_a_table_of_which_all_is_deleted_is_told(schema: TableSchema, store: MemoryStore) -> None:
    found = behind_its_back(store, lambda tables: tables.clear(schema.name))
    assert found
    assert schema.name in {one.table for one in found}


@pytest.mark.parametrize("table", [*OF_DOSSIER, SALTS])
def test_all_that_a_table_has_of_a_dossier_is_told_when_it_is_gone(table: str, store: MemoryStore) -> None:
    documents = everything(store)[table]
    of = [document.get("dossier") or key.partition("/")[0] for key, document in documents.items()]
    dossier = of[0]
    if table == "attachment_contents":
        keys = list(documents)
    else:
        keys = [key for key, one in zip(documents, of, strict=True) if one == dossier]
    found = behind_its_back(store, deleting(table, keys))
    assert [one.table for one in found] == [table] * len(found) != [], found


def test_a_dossier_that_is_gone_from_every_table_is_told_by_its_id(store: MemoryStore) -> None:
    for dossier in {key.partition("/")[0] for key in everything(store)["events"]}:
        whole = filled()

        def attack(tables: Tables, dossier: str = dossier) -> None:
            for schema in SCHEMAS:
                found = [
                    key
                    for key, document in tables.scan(schema.name)
                    if schema.name != LEDGER
                    and (key.partition("/")[0] == dossier or (document or {}).get("dossier") == dossier)
                ]
                deleting(schema.name, found)(tables)

        found = behind_its_back(whole, attack)
        lost = [one for one in found if one.kind is Kind.EVENTS_LOST or one.table == SALTS]
        assert [one.key for one in lost] == [dossier], found
        # What belonged to it is not told again, but for what is kept under a key of its own.
        assert {one.table for one in found} <= {"events", SALTS, "submissions", "attachment_contents"}


def rewritten(tables: Tables, dossier: str) -> None:
    """Write the events of a dossier anew from the start: in good order, each with its right hash."""
    events = tables.select("events", where={"dossier": dossier}, order_by=("sequence",))
    chain: list[Event] = []
    after = (0, "")
    for one in events:
        event = event_of(one)
        data = {**event.data, **({"number": "BEU-2026-0099"} if "number" in event.data else {})}
        (made,) = seal(
            [NewEvent(event.kind, data)],
            dossier=dossier, after=after, at=event.at, actor=event.actor, agreement=event.agreement,
        )  # fmt: skip
        chain.append(made)
        after = made.sequence, made.hash
    tables.put_many("events", ((f"{dossier}/{one.sequence:06}", event_document(one)) for one in chain))


def test_a_chain_that_is_rewritten_from_the_start_is_told(store: MemoryStore) -> None:
    with reading(store) as register:
        summary = register.by_number("BEU-2026-0001")[0]
    found = behind_its_back(store, lambda tables: rewritten(tables, summary.id))
    assert [(one.kind, one.key) for one in found] == [(Kind.CHAIN, summary.id)]


@pytest.mark.parametrize("table", ["events", "access_log", "account_log"])
def test_who_rewrites_a_chain_and_enters_its_new_end_is_told(store: MemoryStore, table: str) -> None:
    """The ledger knows what the chain was at each of its ends: it goes on, and never begins anew."""
    owner = "account" if table == "account_log" else "dossier"
    with store.snapshot() as tables:
        first = next(one for _, one in tables.scan(table) if one is not None and one["sequence"] == 1)
        about = first[owner]

    def attack(tables: Tables) -> None:
        if table == "events":
            rewritten(tables, about)
        else:
            rewritten_log(tables, table, owner, about)
        entered = LedgerTables(tables)
        last = last_of(tables, table, about)
        assert last is not None
        entered.put(table, key_of(table, last), last)
        entered.enter()

    found = behind_its_back(store, attack)
    assert (table, about) in {(one.table, one.key) for one in found}


def rewritten_log(tables: Tables, table: str, owner: str, about: str) -> None:
    """Write a log anew from the start, as if all of it had been at another time."""
    kind: type[Any] = Access if table == "access_log" else AccountEntry
    previous = ""
    for one in tables.select(table, where={owner: about}, order_by=("sequence",)):
        entry = replace(from_document(kind, one), at="2026-01-01T00:00:00.000000Z", previous=previous)
        entry = replace(entry, hash=hash_of(entry.parts))
        tables.put(table, entry.key, to_document(entry))
        previous = entry.hash


def test_an_agreement_that_was_changed_and_entered_anew_is_told(store: MemoryStore) -> None:
    def attack(tables: Tables) -> None:
        key, one = next(iter(tables.scan("agreements")))
        assert one is not None
        entered = LedgerTables(tables)
        entered.put("agreements", key, {**one, "document": one["document"].replace("klacht", "vraag")})
        entered.enter()

    found = behind_its_back(store, attack)
    assert {(one.kind, one.table) for one in found} == {(Kind.MISPLACED, "agreements")}


def rewrite_ledger(tables: Tables, without: str) -> None:
    """Write the whole ledger anew as if a dossier had never been there."""
    rows = [row for _, row in tables.scan(LEDGER) if row is not None]
    previous = ""
    for row in rows:
        entries = load(row["entries"])
        entries.pop(without, None)
        said = dump(entries)
        made = {"place": row["place"], "entries": said, "hash": row_hash(previous, row["place"], said)}
        tables.put(LEDGER, row["place"], made)
        previous = made["hash"]


def test_who_rewrites_the_ledger_too_is_told_by_a_seal_that_was_kept_elsewhere(store: MemoryStore) -> None:
    with store.snapshot() as tables:
        kept = Seal.of(tables)
    assert kept is not None
    assert verify(store, against=[kept]).findings == []
    dossier = next(iter(everything(store)["events"])).partition("/")[0]
    with store.transaction() as tables:
        rewrite_ledger(tables, dossier)
    found = verify(store, against=[kept]).findings
    assert Finding(Kind.LEDGER, LEDGER, kept.place, "seal") in found
    with store.transaction() as tables:
        for key, _ in list(tables.scan(LEDGER))[-3:]:
            tables.delete(LEDGER, key)
    assert Finding(Kind.LEDGER, LEDGER, kept.place, "seal") in verify(store, against=[kept]).findings


def test_what_is_entered_as_deleted_explains_nothing(store: MemoryStore) -> None:
    """Not even code of Gehoor takes out an event, an account or a message: only a dossier is anonymised, as a whole."""
    keys = {name: next(iter(everything(store)[name])) for name in ("messages", "accounts", "submissions")}
    with writing(store) as register:
        for table, key in keys.items():
            register.tables.delete(table, key)
    found = verify(store).findings
    assert {one.table for one in found if one.kind is Kind.MISSING} == set(keys)


def test_a_dossier_that_is_entered_as_anonymised_has_to_be_there_anonymised(store: MemoryStore) -> None:
    """Who can write a row of the ledger can say that a dossier was anonymised; then its events have to say so too."""
    with reading(store) as register:
        dossier = register.by_number("BEU-2026-0001")[0].id

    def attack(tables: Tables) -> None:
        for schema in SCHEMAS:
            found = [
                key
                for key, document in tables.scan(schema.name)
                if schema.name not in (LEDGER, SALTS)
                and (key.partition("/")[0] == dossier or (document or {}).get("dossier") == dossier)
            ]
            deleting(schema.name, found)(tables)
        add_row(tables, {dossier: {FORGOTTEN: ""}})

    assert (Kind.EVENTS_LOST, dossier) in [(one.kind, one.key) for one in behind_its_back(store, attack)]


@pytest.mark.parametrize("entries", ["[" * 100_000, '{"a": {"~": "lang geleden"}}', '{"a": 1}', "null"])
def test_a_row_of_the_ledger_that_says_nothing_keeps_nothing_else_from_being_told(
    entries: str, store: MemoryStore
) -> None:
    def attack(tables: Tables) -> None:
        last = head(tables)
        assert last is not None
        place = f"{int(last['place']) + 1:012}"
        made = {"place": place, "entries": entries, "hash": row_hash(last["hash"], place, entries)}
        tables.insert(LEDGER, place, made)
        first = next(key for key, _ in tables.scan("messages"))
        tables.delete("messages", first)

    assert "messages" in {one.table for one in behind_its_back(store, attack)}
