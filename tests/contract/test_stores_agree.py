"""Whatever is asked of them, stores give the same answer: the one in memory looks at documents, the others ask SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import Cursor, Document, Store, Where
from tests.contract.store_contract import INSTANTS, SCHEMAS
from tests.support.postgres import Server

TEXTS = st.sampled_from(["", "a", "b", "[a]", "é", "~", *INSTANTS])
MARKS = st.sampled_from(["", "a", ",", '"', "\\", "\x1f", "é"])
NUMBERS = st.integers(-2, 2)
LINES = st.fixed_dictionaries(
    {"place": TEXTS},
    optional={
        "n": st.none() | NUMBERS,
        "open": st.none() | st.booleans(),
        "due_at": st.none() | st.sampled_from(INSTANTS),
        "hash": st.none() | st.sampled_from(["", "00", "0f", "0F", "x"]),
        "marks": st.none() | st.lists(MARKS, max_size=3),
        "other": st.none() | TEXTS | NUMBERS | st.booleans() | st.lists(MARKS, max_size=2),
    },
)
NAMES = st.sampled_from(["place", "n", "open", "due_at", "hash", "marks", "other", "id"])
SCALARS = TEXTS | NUMBERS | st.booleans() | st.sampled_from(["00", "x", "k1", "\ud800"])
SORTABLE = st.sampled_from(["place", "n", "due_at", "id", "other"])
WHERES = st.builds(
    Where,
    equals=st.dictionaries(NAMES, SCALARS | st.lists(SCALARS, max_size=3), max_size=2),
    between=st.dictionaries(NAMES, st.tuples(st.none() | TEXTS, st.none() | TEXTS), max_size=1),
    holding=st.lists(st.tuples(NAMES, MARKS | NUMBERS | st.booleans()), max_size=2).map(tuple),
    without=st.lists(st.sampled_from(["k0", "k2", "k9", "\ud800"]), max_size=2, unique=True),
)


@pytest.fixture
def stores(tmp_path: Path, postgres: Server) -> Iterator[tuple[Store, ...]]:
    opened: tuple[Store, ...] = (
        MemoryStore(SCHEMAS),
        TinyDBStore(tmp_path / "register.db", SCHEMAS),
        PostgresStore(postgres.new_address(), SCHEMAS),
    )
    yield opened
    for store in opened:
        store.close()


def _asked(stores: tuple[Store, ...], documents: list[Document], **asked: Any) -> list[tuple[Any, ...]]:
    answers = []
    for store in stores:
        with store.transaction() as tables:
            for old in tables.select("lines"):
                tables.delete("lines", old["id"])
            tables.insert_many(
                "lines", ((f"k{n}", {"id": f"k{n}", **one}) for n, one in enumerate(documents))
            )
            count = tables.count("lines", where=asked["where"])
            answers.append((tables.select("lines", **asked), count))
    return answers


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents=st.lists(LINES, max_size=6),
    where=WHERES,
    at_most=st.none() | st.tuples(NAMES, TEXTS | NUMBERS),
    order_by=st.lists(st.builds("{}{}".format, st.sampled_from(["", "-"]), SORTABLE), max_size=2),
    limit=st.none() | st.integers(0, 3),
    offset=st.integers(0, 2),
)
def test_stores_find_the_same(stores: tuple[Store, ...], documents: list[Document], **asked: Any) -> None:
    first, *others = _asked(stores, documents, **asked)
    assert others == [first] * len(others)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents=st.lists(LINES, max_size=6),
    where=WHERES,
    order_by=st.tuples(
        st.builds("{}{}".format, st.sampled_from(["", "-"]), st.sampled_from(["place", "due_at", "id"]))
    ),
    cursor=st.builds(Cursor, st.none() | TEXTS, st.sampled_from(["", "k1", "k3", "~"]), st.booleans()),
    limit=st.none() | st.integers(0, 3),
)
def test_stores_go_on_from_the_same_place(
    stores: tuple[Store, ...], documents: list[Document], **asked: Any
) -> None:
    first, *others = _asked(stores, documents, **asked)
    assert others == [first] * len(others)
