"""What is written at a moment that is still to come cannot be taken back: it is refused, or asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import run
from tests.support.places import ORGANISATIONS

LATER = "2199-01-01"


@pytest.mark.parametrize(
    "words",
    [
        ("publish", "--workspace", str(ORGANISATIONS), "--by", "team"),
        ("end", "de-linde/thuis", "--by", "team"),
        ("repair",),
        ("reindex",),
        ("sweep",),
        ("send",),
    ],
    ids=lambda words: words[0],
)
def test_a_moment_to_come_is_refused_unless_asked_for(store: Path, words: tuple[str, ...]) -> None:
    before = store.read_bytes()
    refused = run(*words, "--now", LATER)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("Fout bij --now: dit moment moet nog komen")
    assert store.read_bytes() == before
    assert run(*words, "--now", LATER, "--future").code == 0


def test_a_dossier_moves_to_no_agreement_at_a_moment_to_come(number: str) -> None:
    words = ("repin", number, "--to", "aaaaaaaa", "--reason", "Het moet", "--by", "els", "--now", LATER)
    assert run(*words).err.startswith("Fout bij --now: ")
    assert "--now" not in run(*words, "--dry-run").err, "looking ahead is fine"


def test_a_list_looks_at_what_is_to_come_and_writes_nothing(store: Path) -> None:
    before = store.read_bytes()
    assert run("retention", "list", "--now", LATER).code == 0
    assert store.read_bytes() == before
