"""A file of seals outlives a power cut: half a line costs that seal, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.seal_file import add_seal, seals_in
from gehoor.services.maintenance.seals import BadSealError, Seal, read_seals

FIRST, SECOND = Seal("000000000001", "a" * 64), Seal("000000000002", "b" * 64)
LINE = SECOND.line("2026-05-12T14:00:00Z")


@pytest.mark.parametrize("left", range(1, len(LINE) - 1))
def test_after_half_a_line_the_other_seals_are_read_and_the_next_stands_apart(
    left: int, tmp_path: Path
) -> None:
    file = tmp_path / "zegels"
    add_seal(file, FIRST.line("2026-05-11T14:00:00Z"))
    with file.open("a") as torn:
        torn.write(LINE[:left])
    assert seals_in(file) == [FIRST] if left < len(LINE) - 2 else [FIRST, SECOND]
    add_seal(file, LINE)
    assert seals_in(file)[-1] == SECOND


def test_a_seal_that_was_glued_to_half_a_line_is_read() -> None:
    assert read_seals(f"{LINE[:40]}{LINE}") == [SECOND]


@pytest.mark.parametrize("text", ["", "iets anders", "{}", '{"what": "gehoor-dump"}', LINE[:50]])
def test_what_holds_no_seal_is_refused(text: str) -> None:
    with pytest.raises(BadSealError):
        read_seals(text)


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        seals_in(tmp_path)
