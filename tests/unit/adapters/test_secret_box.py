"""Texts that only this server can read, and where its key is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.adapters.security.secret_box import KeyFileError, SecretBox, key_in

KEY = b"k" * 32


def test_what_is_sealed_opens_again_for_the_same_purpose_only() -> None:
    sealed = SecretBox(KEY).seal("a", "geheim é")
    assert "geheim" not in sealed
    assert SecretBox(KEY).opened("a", sealed) == "geheim é"
    assert SecretBox(KEY).opened("b", sealed) is None
    assert SecretBox(b"x" * 32).opened("a", sealed) is None
    assert SecretBox().opened("a", sealed) is None


def test_sealing_twice_gives_two_texts() -> None:
    assert SecretBox(KEY).seal("a", "x") != SecretBox(KEY).seal("a", "x")


@pytest.mark.parametrize("text", ["", "x", "é", "AAAA", "A" * 80])
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    assert SecretBox(KEY).opened("a", text) is None


def test_a_touched_text_does_not_open() -> None:
    sealed = SecretBox(KEY).seal("a", "geheim")
    for place in range(0, len(sealed) - 2, 7):
        other = "A" if sealed[place] != "A" else "B"
        assert SecretBox(KEY).opened("a", sealed[:place] + other + sealed[place + 1 :]) is None


def test_a_digest_depends_on_the_key_and_the_purpose() -> None:
    digests = {
        box.digest(purpose, "x") for box in (SecretBox(KEY), SecretBox(b"x" * 32)) for purpose in ("a", "b")
    }
    assert len(digests) == 4
    assert SecretBox(KEY).digest("a", "x") in digests


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "register.db.key"
    key = key_in(file)
    assert key_in(file) == key
    assert len(key) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["register.db.key"]


@pytest.mark.parametrize("text", ["", "geen sleutel", "ab" * 31, "ab" * 33])
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text)
    with pytest.raises(KeyFileError):
        key_in(file)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError):
        key_in(tmp_path / "nergens" / "key")
