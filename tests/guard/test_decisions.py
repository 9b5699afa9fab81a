"""Decision records are numbered without gaps, dated, and listed in their index under their own titles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.places import CHECKOUT

FOLDER = CHECKOUT / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
TITLE = re.compile(r"# (\d+)\. (.+)\n\nDate: \d{4}-\d{2}-\d{2}\. Status: \w")


def _title(record: Path) -> str:
    found = TITLE.match(record.read_text("utf-8"))
    assert found, f"{record.name} starts with a numbered title, and a date and a status under it"
    assert int(found[1]) == int(record.name[:4]), f"{record.name} and its title have different numbers"
    return found[2]


def test_numbers_have_no_gaps() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_each_record_is_in_the_index(record: Path) -> None:
    line = f"{int(record.name[:4])}. [{_title(record)}]({record.name})"
    assert line in (FOLDER / "README.md").read_text("utf-8").splitlines()


def test_the_index_lists_nothing_else() -> None:
    listed = re.findall(r"^\d+\. .*\((.+)\)$", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == [record.name for record in RECORDS]
