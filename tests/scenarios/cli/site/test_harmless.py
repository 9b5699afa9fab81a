"""What commands print steers no terminal, whatever people sent, and whatever command prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.cli.support.harmless import harmless, json_text
from gehoor.services.access.authorisation import Operator
from gehoor.services.proposals.changing import Edit, change_files, found_organisation
from gehoor.services.proposals.discussing import comment
from gehoor.services.records.tables import SCHEMAS
from tests.support.cli_run import ANSWERS, Submission, run
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.places import ORGANISATIONS

EVIL = "\x1b[2J\x1b]0;titel\x07 \x9b31m \x7f \u202eneergelaten\u2066 \r weg"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NOW = ("--now", "2026-03-20 10:00")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gewoon, met é en\ttab\n", "gewoon, met é en\ttab\n"),
        ("\x1b[2J", "\u241b[2J"),
        ("a\r\nb\rc", "a\r\nb\u240dc"),
        ("\x9b\x7f\u202e", "[U+009B]\u2421[U+202E]"),
    ],
)
def test_what_steers_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_data_is_the_same_when_it_is_read_back() -> None:
    assert STEERING.search(json_text({"naam": EVIL})) is None


@pytest.fixture
def number(store: Path, tmp_path: Path) -> str:
    """A register in which everything that people can type is full of such signs, as far as it is kept."""
    answers = {
        **ANSWERS.answers, "uiteenzetting": f"Soep {EVIL}", "klager_naam": f"Mia {EVIL}",
    }  # fmt: skip
    made = run(
        *Submission(answers).to_submit(tmp_path / "a.json"), "--now", "2026-03-02T09:00", "--format", "json"
    )
    assert made.code == 0, made.err
    password = tmp_path / "p"
    password.write_text("lindebloesem in mei", "utf-8")
    run("user", "add", "els", "--full-name", f"Els {EVIL}", "--email", "els@delinde.example",
        "--role", "de-linde/*:kwaliteitscoordinator", text="lindebloesem in mei\nlindebloesem in mei\n")  # fmt: skip
    run(
        "publish",
        "de-linde",
        "--by",
        f"raad {EVIL}",
        "--workspace",
        ORGANISATIONS,
        "--valid-from",
        "2026-04-01",
        *NOW,
    )
    runtime = new_runtime(TinyDBStore(store, SCHEMAS))
    who = Operator(f"beheer {EVIL}")
    files = {"definitions/de-linde/organisatie.yaml": f"# {EVIL}\ntaal: nl\n{EVIL}: {EVIL}\n".encode()}
    seen = found_organisation(runtime, "de-linde", f"Titel {EVIL}", files, who, at("2026-03-10 10:00"))
    comment(runtime, seen.id, f"Zeg {EVIL}", who, at("2026-03-10 10:00"))
    change_files(
        runtime,
        Edit(seen.id, seen.tree, {"rules/de-linde/x.yaml": f"regels: {EVIL}".encode()}, f"Deed {EVIL}"),
        who,
        at("2026-03-10 10:00"),
    )
    runtime.store.close()
    return str(made.json()["number"])


def test_nothing_that_is_printed_steers_the_terminal(store: Path, number: str, tmp_path: Path) -> None:
    listed = run("proposal", "list", "--format", "json", *NOW)
    proposal = listed.json()["proposals"][0]["id"]
    commands = [
        ("dossier", number), ("dossier", number, "--format", "json"), ("dossier", number, "--by", EVIL),
        ("publications", "de-linde/beukenhof"), ("publications", "de-linde/beukenhof", "--format", "json"),
        ("user", "list"), ("user", "log", "els"), ("proposal", "list"), ("proposal", "show", proposal),
        ("proposal", "list", "--format", "json"), ("proposal", "check", proposal), ("sweep", *NOW), ("send", *NOW),
        ("person", f"Mia {EVIL}"), ("person", "mia@voorbeeld.example"), ("retention", "list", *NOW), ("verify",),
        ("doctor",), ("repair",), ("due", number), ("show", EVIL), ("explain", EVIL), (EVIL,), ("--debug", "end", EVIL),
        ("access", "de-linde/beukenhof"), ("repin", number, "--what-if"),
    ]  # fmt: skip
    for words in commands:
        ran = run(*words)
        for printed in (ran.out, ran.err):
            found = STEERING.search(printed.replace("\r\n", "\n"))
            assert found is None, (words, printed[max(0, found.start() - 40) : found.start() + 20])
    assert "]0;titel 31m neergelaten weg" in run("proposal", "list", *NOW).out
