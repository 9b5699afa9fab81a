"""A second check tells what a first one would: it only does not look again at what stands there as it did."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from gehoor.bootstrap import files
from gehoor.bootstrap.checking import kept
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.sound import Sound
from tests.support import quick_loading
from tests.support.cli_run import run
from tests.support.places import copy_organisations

_RULES = "rules/de-linde/regels.yaml"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return copy_organisations(tmp_path)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is looked at: a check that is made, by its name."""
    found, unless = Counter[str](), Sound.unless

    def counting(
        self: Sound, check: str, said: object, find: Callable[[], Iterable[Problem]]
    ) -> list[Problem]:
        def counted() -> Iterable[Problem]:
            found.update([check])
            return find()

        return unless(self, check, said, counted)

    monkeypatch.setattr(Sound, "unless", counting)
    return found


def _kept(workspace: Path) -> Path:
    (place,) = (workspace / "cache").rglob("checked-*.json")
    return place


def _check(workspace: Path) -> tuple[int, str]:
    ran = run("check", "--workspace", workspace)
    return ran.code, ran.out


def test_what_stands_there_as_it_did_is_not_looked_at_again(workspace: Path, looked: Counter[str]) -> None:
    first = _check(workspace)
    assert looked.total() > 100
    looked.clear()
    (workspace / _RULES).write_text(f"{(workspace / _RULES).read_text('utf-8')}\n# Een opmerking.\n", "utf-8")
    assert _check(workspace) == first
    assert looked.total() == 0


def test_where_nothing_changed_no_file_is_loaded_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, linde = _check(workspace), run("check", "de-linde", "--workspace", workspace).out
    monkeypatch.setattr(files, "load_workspace", lambda *_: pytest.fail("it looked again"))
    assert _check(workspace) == first
    assert run("check", "de-linde", "--workspace", workspace).out == linde
    assert "van 1 organisatie" in linde


def _empty_folder(workspace: Path) -> None:
    (workspace / "definitions/nieuw").mkdir()


def _stray_file(workspace: Path) -> None:
    (workspace / "rules/de-linde/termijn.yaml").write_text("termijnen: {}\n", "utf-8")


def _moved(workspace: Path) -> None:
    (workspace / _RULES).rename(workspace / "rules/de-linde/regel.yaml")


def _gone(workspace: Path) -> None:
    (workspace / "rules/de-linde/termijnen.yaml").unlink()


def _mistake_of_the_same_size_and_time(workspace: Path) -> None:
    path = workspace / "rules/de-linde/termijnen.yaml"
    text, stood = path.read_text("utf-8"), path.stat()
    path.write_text(text.replace("5 werkdagen", "5 werkdgaen", 1), "utf-8")
    os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))


def _unreadable(workspace: Path) -> None:
    path = workspace / _RULES
    path.unlink()
    path.symlink_to(workspace / "nowhere.yaml")


@pytest.mark.share(3)
@pytest.mark.parametrize(
    "change",
    [_empty_folder, _stray_file, _moved, _gone, _mistake_of_the_same_size_and_time, _unreadable],
    ids=lambda change: change.__name__.strip("_"),
)
def test_whatever_changed_in_the_folders_is_looked_at(
    change: Callable[[Path], None], workspace: Path
) -> None:
    _check(workspace)
    change(workspace)
    again = _check(workspace)
    shutil.rmtree(workspace / "cache")
    assert again == _check(workspace)
    assert "alles in orde" not in again[1]


def test_a_warning_is_told_each_time(workspace: Path) -> None:
    _stray_file(workspace)
    assert _check(workspace) == _check(workspace)


def test_a_linked_file_is_looked_at_each_time(workspace: Path) -> None:
    path = workspace / _RULES
    elsewhere = path.rename(workspace / "elsewhere.yaml")
    path.symlink_to(elsewhere)
    first = _check(workspace)
    elsewhere.write_text(
        elsewhere.read_text("utf-8").replace("ernst: {minstens: 4}", "ernst: {minstens: 9}", 1), "utf-8"
    )
    assert _check(workspace) != first


def test_a_mistake_that_came_in_between_is_told_as_ever(workspace: Path) -> None:
    _check(workspace)
    path = workspace / _RULES
    path.write_text(
        path.read_text("utf-8").replace("ernst: {minstens: 4}", "ernst: {minstens: 9}", 1), "utf-8"
    )
    code, told = _check(workspace)
    assert code == 1
    assert f"{_RULES}:6:5  kan-nooit" in told


def test_another_version_looks_at_everything_again(
    workspace: Path, looked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _check(workspace)
    first = looked.total()
    looked.clear()
    monkeypatch.setattr(kept, "_code", lambda: "another")
    _check(workspace)
    assert looked.total() == first


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", '{"code": 1}', "\x00", '{"code": "x", "right": {"a": 3}}'),
        *('{"code": "x", "whole": 3}', '{"code": "x", "whole": {"files": "f", "looks": {"": 3}}}'),
        '{"code": "x", "whole": {"files": "f", "looks": {"": ["a", "b", "c"]}}}',
    ],
)
def test_what_was_kept_and_cannot_be_read_is_as_if_nothing_was(
    content: str, workspace: Path, looked: Counter[str]
) -> None:
    first = _check(workspace)
    said = json.loads(_kept(workspace).read_text("utf-8"))
    _kept(workspace).write_text(
        content.replace('"x"', json.dumps(said["code"])).replace('"f"', json.dumps(said["whole"]["files"])),
        "utf-8",
    )
    looked.clear()
    assert _check(workspace) == first
    assert looked.total() > 100


def test_publishing_looks_at_everything_whatever_a_check_found(workspace: Path, looked: Counter[str]) -> None:
    _check(workspace)
    first = looked.total()
    looked.clear()
    # What tests of this process loaded before is at hand for other commands.
    quick_loading._loaded.cache_clear()
    files.load(workspace)
    assert looked.total() == first


def test_where_nothing_can_be_kept_a_check_still_says_what_there_is(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(workspace / _RULES))
    assert _check(workspace)[0] == 0


def test_what_cannot_be_kept_whole_leaves_nothing_behind(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(json, "dump", full)
    assert _check(workspace)[0] == 0
    assert [one for one in (workspace / "cache").rglob("*") if one.is_file()] == []


def test_what_was_saved_while_a_check_was_reading_is_looked_at_the_next_time(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace / "rules/de-linde/termijnen.yaml"
    sound = path.read_text("utf-8")
    wrong = sound.replace("5 werkdagen", "5 werkdgaen", 1)
    path.write_text(wrong, "utf-8")
    look = files.look

    def mended_meanwhile(*asked: Any) -> Any:
        path.write_text(sound, "utf-8")
        return look(*asked)

    with monkeypatch.context() as patched:
        patched.setattr(files, "look", mended_meanwhile)
        assert _check(workspace)[0] == 0
    path.write_text(wrong, "utf-8")
    assert _check(workspace)[0] == 1
