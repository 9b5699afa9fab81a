"""Each table is of organisations or of all together; in PostgreSQL a transaction reaches only what is of its own, and
every key begins with the organisation, as spreading a register over several servers asks."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.postgres.connections import conninfo
from gehoor.adapters.stores.postgres.session import Session
from gehoor.adapters.stores.postgres.table_making import FORMAT
from gehoor.adapters.stores.postgres.versions import is_earlier, migrate
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.backups.copying import contents_of, copy_register
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.belonging import EVERYWHERE, NOWHERE, Within
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import DuplicateKeyError, StoreUnavailableError, Tables, TableSchema
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.records.within import everywhere, looking_everywhere, within, working
from gehoor.services.register.one_moment import one_moment
from gehoor.services.register.register import Register, reading, writing
from tests.support.cli_run import run
from tests.support.postgres import Server

BEFORE = sorted(Path(__file__).with_name("registers").glob("postgres_*.sql.xz"))
HELD = "ca806ac88f98a68d2b62c9f3881ca91a6471693f02c18f9e7188ecf7446603be"
"""What the register of format 1 held, as the Gehoor that wrote it said."""
OWNED = [schema for schema in SCHEMAS if schema.owner]
HERE, THERE = "de-linde", "waterhof"


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.new_address()


@pytest.fixture
def earlier(address: str) -> str:
    """A register in a database as an earlier Gehoor left it, of two organisations: of each a few dossiers, a file that
    waits and one that was sent, a proposal, and a form that counts as never sent."""
    with psycopg.connect(conninfo(address), autocommit=True) as connection:
        connection.execute(lzma.decompress(BEFORE[0].read_bytes()))
    return address


@pytest.fixture
def migrated(earlier: str) -> str:
    migrate(earlier, SCHEMAS)
    return earlier


@pytest.fixture
def store(migrated: str) -> Iterator[PostgresStore]:
    store = PostgresStore(migrated, SCHEMAS)
    yield store
    store.close()


# Whose a table is


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_a_table_says_whose_it_is_or_why_it_is_of_all_together(schema: TableSchema) -> None:
    assert bool(schema.owner) is not bool(schema.shared)


def test_what_a_table_hangs_on_is_written_before_it() -> None:
    """A copy is put back in the order of the tables, so that of each row it is known whose it is."""
    names = [schema.name for schema in SCHEMAS]
    for schema in OWNED:
        assert schema.owner is not None
        if not schema.owner.says and schema.owner.through:
            first = schema.owner.through[0][0]
            assert names.index(first) < names.index(schema.name), schema.name


# From the format of before


def test_there_is_a_register_of_every_format_since_the_first() -> None:
    assert [path.name for path in BEFORE] == [f"postgres_{number}.sql.xz" for number in range(1, FORMAT)]


def test_an_earlier_register_is_refused_until_it_is_migrated(earlier: str) -> None:
    assert is_earlier(earlier, SCHEMAS)
    with pytest.raises(StoreUnavailableError, match="earlier Gehoor"):
        PostgresStore(earlier, SCHEMAS)
    migrate(earlier, SCHEMAS)
    assert not is_earlier(earlier, SCHEMAS)


def test_nothing_of_it_is_lost_or_otherwise(store: PostgresStore) -> None:
    with store.snapshot(EVERYWHERE) as tables:
        assert contents_of(tables).digest == HELD
    assert verify(store).findings == []
    assert store.structure() == []


def test_of_each_row_it_is_known_whose_it_is(postgres: Server, migrated: str) -> None:
    found = {
        schema.name: {
            str(one)
            for (one,) in postgres.ask(f'SELECT DISTINCT organisation FROM "{schema.name}"', migrated)
        }
        for schema in OWNED
    }
    waits = {schema.name for schema in OWNED if schema.owner and schema.owner.waits}
    assert {name for name, places in found.items() if not places <= {HERE, THERE}} == {*waits, "submissions"}
    assert all(found[name] == {HERE, ""} for name in waits)
    # Of a form that was never sent nothing says for whom it was.
    assert found["submissions"] == {HERE, THERE, "?"}
    assert found["events"] == found["messages"] == found["salts"] == found["match_keys"] == {HERE, THERE}


def test_a_migration_that_is_broken_off_leaves_it_as_it_was(
    postgres: Server, earlier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gehoor.adapters.stores.postgres import versions

    def stop(*_: object) -> None:
        raise StoreUnavailableError("stopped")

    with monkeypatch.context() as patch:
        patch.setattr(versions, "say_tables", stop)
        with pytest.raises(StoreUnavailableError, match="stopped"):
            migrate(earlier, SCHEMAS)
    assert postgres.ask("SELECT format FROM about_this_register", earlier) == [(1,)]
    migrate(earlier, SCHEMAS)
    assert not is_earlier(earlier, SCHEMAS)


def test_brought_there_and_back_it_is_the_same(store: PostgresStore, address: str, postgres: Server) -> None:
    memory, other = MemoryStore(SCHEMAS), PostgresStore(postgres.new_address(), SCHEMAS)
    assert copy_register(store, memory).digest == HELD
    assert copy_register(memory, other).digest == HELD
    places = {one.name: _places(store, one.name) for one in OWNED}
    assert {one.name: _places(other, one.name) for one in OWNED} == places
    other.close()


def test_who_runs_the_server_brings_it_here_and_puts_a_copy_of_it_back(
    earlier: str, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path / "beside"))
    ran = run("store", "migrate", "--store", earlier)
    assert (ran.code, "Maak eerst een kopie van de database met pg_dump" in ran.err) == (1, True)
    assert run("store", "migrate", "--no-backup", "--store", earlier).code == 0
    # It comes from another machine, and so did its key.
    assert run("store", "new-key", "--store", earlier).code == 0
    copy, other = tmp_path / "kopie", postgres.new_address()
    assert run("backup", copy, "--store", earlier).code == 0
    assert run("restore", copy, "--store", other).code == 0
    for place in (earlier, other):
        assert run("verify", "--store", place).code == 0
        assert run("repair", "--store", place).code == 0
    stores = [PostgresStore(place, SCHEMAS) for place in (earlier, other)]
    first, second = ({one.name: _places(store, one.name) for one in OWNED} for store in stores)
    assert first == second
    for store in stores:
        store.close()


def _places(store: PostgresStore, table: str) -> dict[str, set[str]]:
    """Return which keys are of each of the two."""
    found = {}
    for organisation in (HERE, THERE):
        with store.snapshot(Within.of(organisation)) as tables:
            found[organisation] = {key for key, _ in tables.scan(table)}
    return found


# What a transaction reaches


def test_without_an_organisation_only_what_is_of_all_is_there(store: PostgresStore) -> None:
    with store.snapshot(NOWHERE) as tables:
        assert {one.name for one in SCHEMAS if tables.count(one.name)} <= {
            one.name for one in SCHEMAS if one.shared
        }
        assert tables.count("accounts") == 1


@pytest.mark.parametrize("schema", OWNED, ids=lambda schema: schema.name)
def test_a_table_gives_each_organisation_what_is_theirs(store: PostgresStore, schema: TableSchema) -> None:
    with store.snapshot(EVERYWHERE) as tables:
        everything = {key for key, _ in tables.scan(schema.name)}
    found = _places(store, schema.name)
    assert schema.owner is not None
    if schema.owner.waits:
        assert found[THERE] < found[HERE] == everything
    else:
        assert found[HERE].isdisjoint(found[THERE])
        assert found[HERE] | found[THERE] <= everything


@pytest.mark.parametrize("table", ["events", "texts", "messages", "dossiers", "salts"])
def test_who_works_within_both_finds_both(store: PostgresStore, table: str) -> None:
    with store.snapshot(EVERYWHERE) as tables:
        everything = tables.count(table)
    with store.snapshot(Within.of(HERE, THERE)) as tables:
        assert tables.count(table) == everything


def test_words_are_found_within_an_organisation_alone(store: PostgresStore) -> None:
    for organisation, found in ((HERE, 0), (THERE, 2)):
        with store.snapshot(Within.of(organisation)) as tables:
            assert len(tables.search("texts", ["taxi"])) == found
            assert len(tables.search("texts", ["taxi"], limit=1)) == min(found, 1)


def test_words_are_found_as_well_where_an_index_serves(postgres: Server, migrated: str) -> None:
    postgres.ask("ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF")
    store = PostgresStore(migrated, SCHEMAS)
    try:
        test_words_are_found_within_an_organisation_alone(store)
    finally:
        store.close()
        postgres.ask("ALTER FUNCTION ts_match_vq(tsvector, tsquery) NOT LEAKPROOF")


def test_one_moment_is_seen_by_who_works_within_another(store: PostgresStore) -> None:
    with store.snapshot(Within.of(HERE)) as tables:
        here, moment = tables.count("dossiers"), tables.moment()
        tables.go_on(Within.of(THERE))
        assert (tables.count("dossiers"), tables.moment()) == (2, moment)
        tables.go_on(Within.of(HERE))
        assert tables.count("dossiers") == here == 3


def test_a_part_of_a_page_that_looks_within_another_leaves_the_rest_as_it_was(store: PostgresStore) -> None:
    def seen(register: Register) -> int:
        return register.tables.count("dossiers")

    with one_moment(), within(HERE), reading(store) as page:
        before = page.tables.moment()
        assert seen(page) == 3
        with within(THERE), reading(store) as part:
            assert (seen(part), part.tables.moment()) == (2, before)
        assert seen(page) == 3
        with looking_everywhere(page.tables):
            assert seen(page) == 5
        assert seen(page) == 3


def test_a_page_says_once_within_which_it_works(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    with monkeypatch.context() as patch, one_moment():
        patch.setattr(
            Session, "set", lambda session, sql: (said.append(sql), session.connection.execute(sql))
        )
        with working(NOWHERE), reading(store) as register:
            assert register.tables.count("dossiers") == 0
        with within(HERE):
            for _ in range(3):
                with reading(store) as register:
                    assert register.tables.count("dossiers") == 3
    assert len(said) == 1


def test_within_none_nothing_of_anybody_is_read(store: PostgresStore) -> None:
    def seen() -> int:
        with reading(store) as register:
            return register.tables.count("dossiers")

    with working(NOWHERE):
        assert seen() == 0
    with everywhere():
        assert seen() == 5


@pytest.mark.parametrize("name", ["", "a/b", "*", "a\\"])
def test_what_is_no_organisation_opens_nothing(store: PostgresStore, name: str) -> None:
    with pytest.raises(ValueError, match="no organisation"), store.snapshot(Within.of(name)):
        pass


def test_a_name_says_nothing_to_the_database(store: PostgresStore) -> None:
    with store.snapshot(Within.of("x' OR '1'='1")) as tables:
        assert tables.count("dossiers") == 0


# What is written


def test_what_is_written_is_of_what_it_hangs_on(
    postgres: Server, migrated: str, store: PostgresStore
) -> None:
    with store.snapshot(Within.of(THERE)) as tables:
        dossier = tables.select("dossiers", limit=1)[0]["id"]
    with store.transaction(EVERYWHERE) as tables:
        tables.put("recounts", dossier, {"dossier": dossier, "noted_at": "2026-08-04T09:00:00.000000Z"})
    assert postgres.ask("SELECT organisation FROM recounts", migrated) == [(THERE,)]


def test_within_one_organisation_nothing_of_another_is_written(store: PostgresStore) -> None:
    with store.snapshot(Within.of(THERE)) as tables:
        text = tables.select("texts", limit=1)[0]
    for write in (Tables.insert, Tables.put):
        with (
            pytest.raises(StoreUnavailableError, match="does not allow"),
            store.transaction(Within.of(HERE)) as tables,
        ):
            getattr(tables, write.__name__)("texts", "nieuw/", {**text, "dossier": "nieuw"})


def test_what_waited_is_somebodys_once_it_was_sent(
    postgres: Server, migrated: str, store: PostgresStore
) -> None:
    with store.transaction(Within.of(THERE)) as tables:
        dossier = tables.select("dossiers", limit=1)[0]["id"]
        tables.put("attachments", "f-waits", {"waits": False, "dossier": dossier})
        tables.put("attachment_contents", "f-waits", {"base64": ""})
    for table in ("attachments", "attachment_contents"):
        asked = f"SELECT organisation FROM {table} WHERE key = 'f-waits'"
        assert postgres.ask(asked, migrated) == [(THERE,)]
    with store.snapshot(Within.of(HERE)) as tables:
        assert tables.get("attachments", "f-waits") is tables.get("attachment_contents", "f-waits") is None


def test_what_nobody_knows_the_organisation_of_is_there_once_it_is_known(
    postgres: Server, migrated: str, store: PostgresStore
) -> None:
    key = "0" * 64
    with store.snapshot(Within.of(THERE)) as tables:
        dossier = tables.select("dossiers", limit=1)[0]["id"]
        assert tables.get("submissions", key) is None
    with store.transaction(EVERYWHERE) as tables:
        tables.put("submissions", key, {"dossier": dossier})
    assert postgres.ask(f"SELECT organisation FROM submissions WHERE key = '{key}'", migrated) == [(THERE,)]


def test_a_form_that_counts_as_never_sent_stays_where_it_was(store: PostgresStore) -> None:
    with store.transaction(EVERYWHERE) as tables:
        key = next(key for key, one in tables.scan("submissions") if one and one["dossier"])
        tables.put("submissions", key, {"dossier": ""})
        assert tables.get("submissions", key) == {"dossier": ""}
        assert tables.count("submissions") == 6


def test_what_is_counted_by_address_adds_up_whoever_wrote_it(
    postgres: Server, migrated: str, store: PostgresStore
) -> None:
    """That something came in is told under a name that is of no dossier, and each organisation tells it."""
    for number, organisation in enumerate((HERE, THERE, HERE)):
        with within(organisation), writing(store) as register:
            dossier = register.tables.select("dossiers", limit=1)[0]
            told = Message(
                f"received/{organisation}/{number}", dossier["id"], organisation, dossier["department"], "",
                ("jan@voorbeeld.example",), "Ontvangen", "Wij kregen het.", "2026-08-05T09:00:00.000000Z",
            )  # fmt: skip
            assert register.queue(told)
    assert postgres.ask("SELECT organisation FROM salts WHERE dossier = 'received'", migrated) == [("",)]
    assert verify(store).findings == []


def test_a_key_is_taken_once(store: PostgresStore) -> None:
    with store.transaction(Within.of(THERE)) as tables:
        document = tables.select("salts", limit=1)[0]
        with pytest.raises(DuplicateKeyError):
            tables.insert("salts", document["dossier"], document)
