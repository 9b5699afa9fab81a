"""A search of everything on disk finds nobody any more of a dossier that was anonymised."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.mail.file import FileMailer
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers import autosave
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.messages.sending import deliver
from gehoor.services.projection.search_index import keep_words
from gehoor.services.recording.attachments import NewFile
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention import carrying_out
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import CarriedOut, carry_out
from gehoor.services.retention.survey import survey
from gehoor.services.search.search import search
from tests.support.clock import at
from tests.support.damage import damaged
from tests.support.de_linde import open_by_web, staff
from tests.support.retention import closed_complaint, keeping_de_linde

LATER = at("2031-06-11 09:00")
SECRET = b"%PDF-1.7 Wilhelmien schrijft wat zij zag."
PEOPLE = (
    "Quackelbeen", "Xandrine", "Odilon", "Zwaantje", "Vermaerckt", "vermaerckt@", "0471 98 76 54",
    "Petronella", "Zoetewey", "Theofiel", "Wilhelmien",
    base64.b64encode(SECRET).decode(), "Kunigonde", "behandelaarster", "kortaf",
)  # fmt: skip
"""What is told of people in the complaint, and who worked on it."""


def words_on_disk(folder: Path) -> Iterator[str]:
    """Give each of these words that stands in a file under a folder, however it is written."""
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            for word in PEOPLE:
                for shape in (word, word.lower(), word.upper()):
                    if any(shape.encode(how) in content for how in ("utf-8", "utf-16-le", "utf-16-be")):
                        yield f"{word} in {file.name}"
                        break


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyDBStore]:
    opened = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    yield opened
    opened.close()


def lived_in(runtime: Runtime, mailer: FileMailer) -> str:
    """A register with other dossiers, one complaint that is closed, and mail about it."""
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    file = NewFile("bestand-1", "brief-van-Wilhelmien.pdf", "pdf", SECRET)
    evidence = Filling(dossier, {"bewijsstukken": [file.value]}, 7, Operator("ria"), "sleutel", (file,))
    fill_in(runtime, evidence, at("2026-06-10 10:00"))
    for _ in range(3):
        open_by_web(runtime, "2026-05-15 09:00")
    typed = autosave.Unsaved(5, (("v_besluit", "Xandrine krijgt een opleiding."),), at("2026-06-09 09:00"))
    autosave.keep(runtime, dossier, "els", typed)
    sweep(runtime, at("2026-06-11 09:00"))
    deliver(runtime, mailer, lambda: at("2026-06-11 09:00"))
    return dossier


def anonymise(runtime: Runtime, mailer: FileMailer, *dossiers: str) -> CarriedOut:
    survey(runtime, LATER)
    approve(runtime, dossiers, "els", LATER)
    return carry_out(runtime, mailer, LATER)


def test_no_byte_on_disk_names_anybody(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    assert {line.partition(" in ")[0] for line in words_on_disk(tmp_path)} == set(PEOPLE)
    result = anonymise(runtime, mailer, dossier)
    assert (result.done, result.remains) == (["BEU-2026-0001"], False)
    assert [*words_on_disk(tmp_path)] == []
    assert verify(store).findings == []


def test_nobody_can_try_what_the_digests_in_the_ledger_were_of(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    with store.snapshot() as tables:
        kept = tables.get("salts", dossier)
    assert kept is not None
    salt = bytes.fromhex(kept["salt"])
    assert [one for one in tmp_path.iterdir() if one.is_file() and salt in one.read_bytes()]
    anonymise(runtime, mailer, dossier)
    assert not [one for one in tmp_path.iterdir() if one.is_file() and salt in one.read_bytes()]


def test_its_mails_are_gone_and_those_of_others_stay(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    about = [b"BEU-2026-0001" in mail.read_bytes() for mail in (tmp_path / "outbox").iterdir()]
    assert set(about) == {True, False}
    anonymise(runtime, mailer, dossier)
    left = [b"BEU-2026-0001" in mail.read_bytes() for mail in (tmp_path / "outbox").iterdir()]
    assert left == [False] * about.count(False)


def test_no_mail_tells_anything_of_a_complaint(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    lived_in(runtime, mailer)
    assert [*words_on_disk(tmp_path / "outbox")] == []


def test_who_still_reads_an_earlier_moment_is_waited_for(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    survey(runtime, LATER)
    approve(runtime, [dossier], "els", LATER)
    reader = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchone()
    assert carry_out(runtime, mailer, LATER).remains
    assert [*words_on_disk(tmp_path)] != []
    reader.close()
    again = carry_out(runtime, mailer, LATER)
    assert (again.done, again.remains) == ([], False)
    assert [*words_on_disk(tmp_path)] == []


def test_what_says_that_something_may_remain_and_is_damaged_says_so_too(
    tmp_path: Path, store: TinyDBStore
) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    survey(runtime, LATER)
    approve(runtime, [dossier], "els", LATER)
    reader = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchone()
    carry_out(runtime, mailer, LATER)
    reader.close()
    damaged(runtime, "settings", "remains")
    assert not carry_out(runtime, mailer, LATER).remains
    assert [*words_on_disk(tmp_path)] == []


def test_what_is_killed_midway_goes_on_the_next_time(
    tmp_path: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    first, second = lived_in(runtime, mailer), closed_complaint(runtime)
    survey(runtime, LATER)
    approve(runtime, [first, second], "els", LATER)
    done: list[str] = []

    def killed(*given: Any, **more: Any) -> None:
        done.append("one")
        if len(done) == 2:
            raise KeyboardInterrupt
        keep_words(*given, **more)

    monkeypatch.setattr(carrying_out, "keep_words", killed)
    with pytest.raises(KeyboardInterrupt):
        carry_out(runtime, mailer, LATER)
    monkeypatch.undo()
    with reading(store) as register:
        found = [register.dossier(one) for one in (first, second)]
        assert sum(one.frozen is None for one in found) == 1
        assert {one.values.get("klager_naam") for one in found} == {None, "Zwaantje Vermaerckt"}
    assert len(carry_out(runtime, mailer, LATER).done) == 1
    assert [*words_on_disk(tmp_path)] == []
    assert verify(store).findings == []


def test_a_chain_that_says_it_was_anonymised_and_has_no_proof_is_told(
    tmp_path: Path, store: TinyDBStore
) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    anonymise(runtime, mailer, dossier)
    with writing(store) as register:
        register.tables.delete("retention", dossier)
    (finding,) = verify(store).findings
    assert (finding.kind, finding.key, finding.detail) == (Kind.CHAIN, dossier, "anonymised")


def test_doing_it_again_does_nothing(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    anonymise(runtime, mailer, dossier)
    stamp = store.stamp()
    assert (survey(runtime, LATER).done, carry_out(runtime, mailer, LATER)) == (0, CarriedOut())
    assert store.stamp() == stamp


def test_what_is_made_again_from_events_names_nobody_either(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    anonymise(runtime, mailer, lived_in(runtime, mailer))
    assert repair(runtime, LATER).failed == {}
    assert [*words_on_disk(tmp_path)] == []
    assert verify(store).findings == []


def test_it_is_found_by_its_number_and_by_nobody(tmp_path: Path, store: TinyDBStore) -> None:
    runtime, mailer = keeping_de_linde(store), FileMailer(tmp_path / "outbox", "gehoor@delinde.example")
    dossier = lived_in(runtime, mailer)
    with reading(store) as register:
        els = register.account("els")
    assert els is not None
    assert [hit.summary.id for hit in search(runtime, els, "Zwaantje", LATER).hits] == [dossier]
    anonymise(runtime, mailer, dossier)
    assert search(runtime, els, "Zwaantje", LATER).hits == ()
    assert [hit.summary.id for hit in search(runtime, els, "BEU-2026-0001", LATER).hits] == [dossier]
