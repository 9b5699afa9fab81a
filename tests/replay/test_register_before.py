"""A register file that earlier code wrote opens with every event in it, and the same is decided on each dossier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay import recording, register_before
from tests.replay import use_cases as uses
from tests.replay.test_replay import differences


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file as it was written, in the layout of then."""
    path = tmp_path / "register.db"
    path.write_bytes(recording.read_packed(register_before.REGISTER))
    return path


@pytest.fixture
def store(file: Path) -> Iterator[uses.Store]:
    """The same register as the code of now opens it."""
    opened = uses.TinyDBStore(file, uses.SCHEMAS)
    yield opened
    opened.close()


def test_every_event_is_what_it_was(file: Path) -> None:
    before = register_before.kept_events(file)
    assert sum(map(len, before.values())) > 300
    opened = uses.TinyDBStore(file, uses.SCHEMAS)
    with uses.reading(opened) as register:
        for dossier, events in before.items():
            now = register.events(dossier)
            uses.verify(now)
            assert list(differences(events, [uses.event_document(one) for one in now], dossier)) == []
        assert register.tables.count("events") == sum(map(len, before.values()))
    opened.close()


def test_the_same_is_decided_on_every_dossier(store: uses.Store) -> None:
    then = register_before.read(register_before.DECIDED)
    assert list(differences(then, list(register_before.decided(store)))) == []
    assert len(then) > 25


def test_it_goes_on_as_it_would_have(store: uses.Store) -> None:
    then = register_before.read(register_before.WENT_ON)
    assert list(differences(then, list(register_before.goes_on(store)))) == []
    assert len(then) > 300
