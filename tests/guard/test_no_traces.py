"""No file says where it was made: no package registry's host, no path of somebody's computer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.guard.checkout import files_of_the_house, name_of

# In pieces, so that this file does not hold what it looks for.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npm" + "js",
    "registry." + "yarn" + "pkg",
    "proxy.go" + "lang.org",
    "index." + "crates.io",
    "reg" + "istry-1.docker.io",
]
FOLDERS = [
    "ro" + "ot",
    "ho" + "me",
    "Us" + "ers",
    "wo" + "rk",
    "opt/wh" + "eels",
    "opt/py" + "pi",
    "private/v" + "ar",
]
TRACES = re.compile("|".join([*map(re.escape, HOSTS), rf"(?<![\w.~}}/-])/(?:{'|'.join(FOLDERS)})/\w"]))


def traces_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if TRACES.search(line)]


def text_of(path: Path) -> str:
    """Return a file's text; nothing when it is not text."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_file_holds_a_registry_host_or_a_machine_path() -> None:
    found = {name_of(path): traces_in(text_of(path)) for path in files_of_the_house()}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line", [f"see https://{HOSTS[0]}/simple", f"cd /{FOLDERS[0]}/x", f"'/{FOLDERS[1]}/anna/x'"]
)
def test_a_trace_is_found(line: str) -> None:
    assert traces_in(line) == [line]


@pytest.mark.parametrize(
    "line", ["platform/gehoor/core", "https://example.org/home/page", "/path/to/python3"]
)
def test_ordinary_text_is_no_trace(line: str) -> None:
    assert traces_in(line) == []
