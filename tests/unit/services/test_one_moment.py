"""What is read for one answer is read of one moment of the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Store, StoreUnavailableError, Tables
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.one_moment import one_moment
from gehoor.services.register.register import reading, writing


class Counted:
    """A store that counts how often it was opened to read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.opened = 0
        self.transaction, self.close, self.stamp = store.transaction, store.close, store.stamp

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:
        self.opened += 1
        with self._store.snapshot(within) as tables:
            yield tables


@pytest.fixture(params=[lambda _: MemoryStore(SCHEMAS), lambda at: TinyDBStore(at / "register.db", SCHEMAS)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counted]:
    make: Callable[[Path], Store] = request.param
    counted = Counted(make(tmp_path))
    yield counted
    counted.close()


def word(store: Store) -> str | None:
    with reading(store) as register:
        return register.setting("word")


def say(store: Store, word: str) -> None:
    with writing(store) as register:
        register.save_setting("word", word)


def said_by_another(store: Store, word: str) -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(say, store, word).result()


def test_what_others_write_meanwhile_is_not_seen(store: Counted) -> None:
    say(store, "first")
    with one_moment():
        before = word(store)
        said_by_another(store, "second")
        assert (before, word(store), store.opened) == ("first", "first", 1)
    assert word(store) == "second"


def test_whoever_writes_sees_what_they_wrote(store: Counted) -> None:
    say(store, "first")
    with one_moment():
        assert word(store) == "first"
        say(store, "second")
        assert word(store) == "second"
        with reading(store) as register:
            assert register.setting("word") == "second"
    assert store.opened == 2


def test_each_store_has_a_moment_of_its_own(store: Counted) -> None:
    other = MemoryStore(SCHEMAS)
    say(store, "here")
    say(other, "there")
    with one_moment():
        assert (word(store), word(other), word(store)) == ("here", "there", "here")


def test_without_it_each_reads_for_itself(store: Counted) -> None:
    say(store, "first")
    assert (word(store), word(store), store.opened) == ("first", "first", 2)


def test_it_is_over_at_the_end_also_when_that_is_a_failure(store: Counted) -> None:
    say(store, "first")
    with suppress(LookupError), one_moment():
        word(store)
        raise LookupError
    said_by_another(store, "second")
    assert word(store) == "second"


def test_what_cannot_be_opened_is_told_each_time(store: Counted) -> None:
    store.close()
    with one_moment():
        for _ in range(2):
            with pytest.raises(StoreUnavailableError):
                word(store)
