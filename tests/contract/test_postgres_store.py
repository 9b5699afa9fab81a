"""The store in PostgreSQL keeps the contract, and what a database adds to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gehoor.adapters.stores.postgres import register_database
from gehoor.adapters.stores.postgres.table_making import FORMAT
from gehoor.adapters.stores.postgres.versions import is_earlier, migrate
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.ports.store import (
    SOUND,
    Column,
    ColumnKind,
    DamagedError,
    RefusedRowError,
    Store,
    StoreUnavailableError,
    TableSchema,
)
from tests.contract.store_contract import SCHEMAS, StoreContract
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE
from tests.support.postgres import Server


class TestPostgresStore(StoreContract):
    durable = True

    @pytest.fixture(autouse=True)
    def place(self, postgres: Server) -> None:
        self.addresses: dict[Path, str] = {}
        self.server = postgres

    def open_store(self, folder: Path) -> Store:
        address = self.addresses.get(folder) or self.server.new_address()
        self.addresses[folder] = address
        return PostgresStore(address, SCHEMAS)


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.new_address()


def broken(postgres: Server, address: str, sql: str) -> None:
    """Change something outside Gehoor."""
    postgres.ask(sql, address)


def test_a_row_that_was_changed_outside_gehoor_is_damaged_and_the_others_are_read(
    postgres: Server, address: str
) -> None:
    store = PostgresStore(address, SCHEMAS)
    with store.transaction() as tables:
        for key in ("a", "b", "c"):
            tables.insert("lines", key, {"id": key, "place": "x", "n": 1})
    broken(postgres, address, "UPDATE lines SET n = 2 WHERE key = 'b'")
    with store.snapshot() as tables:
        assert [key for key, document in tables.scan("lines") if document is None] == ["b"]
        with pytest.raises(DamagedError) as raised:
            tables.get("lines", "b")
        assert (raised.value.table, raised.value.key) == ("lines", "b")
        assert [one["id"] for one in tables.select("lines", where=SOUND)] == ["a", "c"]
    with store.transaction() as tables:
        assert tables.drop_damaged("lines") == ["b"]
    with store.snapshot() as tables:
        assert tables.count("lines") == 2
    store.close()


def test_words_that_are_not_those_of_a_document_are_told_and_made_anew(
    postgres: Server, address: str
) -> None:
    store = PostgresStore(address, SCHEMAS)
    with store.transaction() as tables:
        tables.insert("pages", "a", {"texts": ["Soep met brood"]})
    assert store.lost_words() == []
    broken(postgres, address, "UPDATE pages SET words = '''thee'''::tsvector")
    assert store.lost_words() == ["pages"]
    with store.transaction() as tables:
        assert tables.drop_damaged("pages") == []
        assert tables.search("pages", ["soep"]) == [{"texts": ["Soep met brood"]}]
    assert store.lost_words() == []
    store.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["soep"], ["p249", "p248"]),
        (["soep", "melk"], ["p249", "p248"]),
        (["thee"], ["p2", "p1"]),
        (["soep", "thee"], ["p2", "p1"]),
        (["koffie"], ["p120", "p119"]),
    ],
    ids=["of all", "two of all", "of the first few", "of all and of few", "of many, but long ago"],
)
def test_the_last_are_found_first_of_words_of_many_and_of_few(
    address: str, words: list[str], found: list[str]
) -> None:
    store = PostgresStore(address, SCHEMAS)
    with store.transaction() as tables:
        for number in range(250):
            others = "thee" if number < 3 else "koffie" if number <= 120 else ""
            tables.insert("pages", f"p{number}", {"id": f"p{number}", "texts": f"soep melk {others}"})
    with store.snapshot() as tables:
        assert [one["id"] for one in tables.search("pages", words, limit=2)] == found
        assert [one["id"] for one in tables.search("pages", words, limit=1, offset=1)] == found[1:]
    store.close()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            " ".join(f"woord{n}" for n in range(60_000)) + " laatste", id="too many different words"
        ),
        pytest.param("laatste" + "x" * 3000, id="a word that is too long to be kept"),
        pytest.param("soep " * 100_000 + "laatste", id="one word very often"),
    ],
)
def test_a_text_without_end_is_found_by_its_last_word(address: str, text: str) -> None:
    store = PostgresStore(address, SCHEMAS)
    with store.transaction() as tables:
        tables.insert("pages", "a", {"id": "a", "texts": text})
        tables.insert("pages", "b", {"id": "b", "texts": "iets anders"})
    with store.snapshot() as tables:
        assert [one["id"] for one in tables.search("pages", ["laatste"])] == ["a"]
        assert tables.search("pages", ["woord", "anders"]) == []
    store.close()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DROP INDEX {index}", "index {index}: missing"),
        ("ALTER TABLE lines DROP COLUMN n", "table lines: column n"),
        (
            "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'; "
            "CREATE TRIGGER keep BEFORE UPDATE ON lines FOR EACH ROW EXECUTE FUNCTION keep()",
            "trigger keep: not made by Gehoor",
        ),
        ("CREATE RULE none AS ON INSERT TO lines DO INSTEAD NOTHING", "rule none: not made by Gehoor"),
    ],
)
def test_what_lies_otherwise_than_we_made_it_is_told(
    postgres: Server, address: str, sql: str, told: str
) -> None:
    store = PostgresStore(address, SCHEMAS)
    assert store.structure() == []
    ((index, *_), *_) = postgres.ask(
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'lines' "
        "AND indexname LIKE '%_by_%' ORDER BY 1",
        address,
    )
    broken(postgres, address, sql.format(index=index))
    assert told.format(index=index) in store.structure()
    store.close()


def test_who_opens_makes_an_index_again_that_is_missing(postgres: Server, address: str) -> None:
    PostgresStore(address, SCHEMAS).close()
    asked = "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema()"
    before = postgres.ask(asked, address)
    broken(
        postgres,
        address,
        "DO $$ DECLARE i text; BEGIN FOR i IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() "
        "AND indexname LIKE '%\\_by\\_%' LOOP EXECUTE 'DROP INDEX ' || i; END LOOP; END $$",
    )
    assert postgres.ask(asked, address) != before
    PostgresStore(address, SCHEMAS).close()
    assert postgres.ask(asked, address) == before


@pytest.mark.parametrize("many", [4])
def test_who_opens_at_once_makes_a_register_once(address: str, many: int) -> None:
    with ThreadPoolExecutor(many) as pool:
        stores = list(pool.map(lambda _: PostgresStore(address, SCHEMAS), range(many)))
    with stores[0].transaction() as tables:
        tables.insert("cases", "k", {"n": 1})
    for store in stores:
        with store.snapshot() as tables:
            assert tables.get("cases", "k") == {"n": 1}
        store.close()


def test_a_register_of_a_later_gehoor_is_left_alone(postgres: Server, address: str) -> None:
    PostgresStore(address, SCHEMAS).close()
    broken(postgres, address, f"UPDATE about_this_register SET format = {FORMAT + 1}")
    with pytest.raises(StoreUnavailableError, match="later Gehoor"):
        PostgresStore(address, SCHEMAS)


def test_tables_that_lay_otherwise_are_brought_to_this_version_and_no_sooner(address: str) -> None:
    before = (
        TableSchema("old_lines", columns=(Column("place", required=True),), key="id"),
        TableSchema("pages"),
        TableSchema("gone"),
    )
    after = (
        TableSchema(
            "lines",
            (("place",),),
            columns=(Column("place", required=True), Column("hash", ColumnKind.HASH)),
            key="id",
            formerly="old_lines",
        ),
        TableSchema("pages", words="texts", replaces=("gone",)),
    )
    line, page = {"id": "a", "place": "x", "hash": "ab", "rest": [1]}, {"texts": ["soep"]}
    store = PostgresStore(address, before)
    with store.transaction() as tables:
        tables.insert("old_lines", "a", line)
        tables.insert("pages", "p", page)
    store.close()
    with pytest.raises(StoreUnavailableError, match="earlier Gehoor"):
        PostgresStore(address, after)
    assert is_earlier(address, after)
    migrate(address, after)
    assert not is_earlier(address, after)
    store = PostgresStore(address, after)
    assert store.structure() == []
    with store.transaction() as tables:
        assert tables.get("lines", "a") == line
        assert tables.select("lines", where={"hash": "ab"}) == [line]
        assert tables.search("pages", ["soep"]) == [page]
        tables.insert("lines", "b", {**line, "id": "b"})
        assert [key for key, _ in tables.scan("lines")] == ["a", "b"]
    store.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda address: address.replace("/postgres?", "/nergens?"), "there is no such database"),
        (lambda address: address.replace("gehoor@", "niemand:geheim@"), "does not let us in"),
        (lambda _: "postgresql://gehoor:geheim@127.0.0.1:1/x", "cannot be reached"),
        (lambda _: "postgresql://gehoor:geheim@/x?onzin=ja", "address of the database cannot be read"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_a_secret(
    address: str, change: Callable[[str], str], said: str
) -> None:
    with pytest.raises(StoreUnavailableError, match=said) as raised:
        PostgresStore(change(address), SCHEMAS)
    assert "geheim" not in str(raised.value)


def test_what_the_database_says_of_what_people_wrote_is_not_repeated(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gehoor.adapters.stores.document_columns.INDEX_ROOM", 10**6)
    store = PostgresStore(address, SCHEMAS)
    # Longer than an index keeps, however it is pressed together.
    long = "Jan Peeters " + "".join(chr(33 + n * 7 % 50_000) for n in range(9_000))
    with pytest.raises(RefusedRowError, match="too long") as raised, store.transaction() as tables:
        tables.insert("lines", "k", {"id": "k", "place": long})
    assert "Jan" not in str(raised.value)
    store.close()


def test_a_process_forked_off_does_not_share_connections(address: str) -> None:
    script = """
import os, sys
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.ports.store import TableSchema
store = PostgresStore(sys.argv[1], [TableSchema("cases")])
before = store.stamp()
child = os.fork()
assert store.stamp() == store.stamp()
for number in range(50):
    with store.transaction() as tables:
        tables.insert("cases", f"{'parent' if child else 'child'}{number}", {})
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
with store.snapshot() as tables:
    print(tables.count("cases"))
assert store.stamp() != before
store.close()
"""
    command = [sys.executable, "-c", script, address]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=PATIENCE, env=environment
    )
    assert done.stdout.strip() == "100"


def count_up(store: Store, rounds: int) -> None:
    for _ in range(rounds):
        with store.transaction() as tables:
            number = (tables.get("counters", "n") or {"n": 0})["n"] + 1
            tables.put("counters", "n", {"n": number})


def test_who_wrote_before_the_tables_were_put_back_takes_turns_with_who_came_after(
    postgres: Server, address: str
) -> None:
    before = PostgresStore(address, SCHEMAS)
    count_up(before, 1)
    (place,) = postgres.ask("SELECT current_schema()", address)[0]
    broken(postgres, address, f"DROP SCHEMA {place} CASCADE; CREATE SCHEMA {place} AUTHORIZATION gehoor")
    after = PostgresStore(address, SCHEMAS)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, [before, after, before, after], [20] * 4))
    with after.snapshot() as tables:
        assert tables.get("counters", "n") == {"n": 80}
    before.close()
    after.close()


def test_what_is_usual_in_the_database_changes_nothing_of_how_writers_take_turns(address: str) -> None:
    usual = address.replace("options=", "options=-cdefault_transaction_isolation%3Dserializable%20")
    stores = [PostgresStore(usual, SCHEMAS) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, stores * 2, [20] * 4))
    with stores[0].snapshot() as tables:
        assert tables.get("counters", "n") == {"n": 80}
    for store in stores:
        store.close()


def test_where_a_database_lies_on_several_servers_each_statement_goes_by_itself(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What asks whether it does finds something that every database has.
    monkeypatch.setattr(register_database, "_SPREAD", "SELECT 1")
    store = PostgresStore(address, SCHEMAS)
    count_up(store, 3)
    with store.snapshot() as tables:
        assert tables.get("counters", "n") == {"n": 3}
    store.close()


def test_two_tables_are_gone_through_side_by_side(address: str) -> None:
    store = PostgresStore(address, SCHEMAS)
    with store.transaction() as tables:
        tables.insert_many("cases", ((f"{n:04}", {"n": n}) for n in range(2_500)))
        tables.insert_many("events", ((f"{n:04}", {"n": n}) for n in range(2_500)))
        pairs = list(zip(tables.scan("cases"), tables.scan("events"), strict=True))
    assert [one[0] for one, _other in pairs] == [f"{n:04}" for n in range(2_500)]
    assert all(one == other for one, other in pairs)
    store.close()
