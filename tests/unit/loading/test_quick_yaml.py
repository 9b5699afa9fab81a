"""The reader in C says what the other says, or nothing: then the other is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.loading.source.careful_yaml import read_carefully
from gehoor.loading.source.quick_yaml import read_quickly
from gehoor.loading.source.text import checked_text
from gehoor.loading.source.yaml import read_yaml
from tests.support.places import CHECKOUT

_FILES = sorted((CHECKOUT / "tests").rglob("*.yaml"))


def _is_there() -> bool:
    return read_quickly("a: 1\n", "f") is not None


needs_it = pytest.mark.skipif(not _is_there(), reason="PyYAML has no parser in C here")


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.relative_to(CHECKOUT / "tests").as_posix())
def test_what_it_reads_is_what_stands_there(file: Path) -> None:
    text = checked_text(file.read_bytes(), "f", [])
    quickly = None if text is None else read_quickly(text, "f")
    if text is None or quickly is None:
        return
    carefully = read_carefully(text, "f")
    assert carefully.problems == []
    assert carefully.root == quickly


@needs_it
@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "a: {b: [1, 'twee', \"drie\"], c: d}\n",
        "a: |\n  een\n  twee\nb: >-\n  drie\n  vier\n",
        "# eerst\na: b  # erachter\n",
        "a:\r\n  - b\r\n  - c: d\r\n",
        '{"a": {"b": 1}}',
        "a: ''\n",
        "a: -1 b\n",
        "a: 🙂 b\nc: 'é'\n",
    ],
)
def test_it_reads_what_people_usually_write(text: str) -> None:
    found = read_quickly(text, "f")
    assert found is not None
    assert found == read_carefully(text, "f").root


@needs_it
@pytest.mark.parametrize(
    "text",
    [
        "",
        "woord\n",
        "a: 1\na: 2\n",
        "[a]: 1\n",
        "a: &x 1\n",
        "a: *x\n",
        "a: !mijn 1\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 1.2\n---\na: 1\n",
        "a:\n",
        "a: [1,, 2]\n",
        "a: '\\u202e'\nb: \"\\u202e\"\n",
        "a: \u201cb\u201d\n",
        "a: -b\n",
        "a: b #c\n",
        "a:\tb\n",
        "a: b\rc: d\n",
        'a: ["b":c]\n',
        "a: |#b\n",
        "a: |\n\n\n  b\n",
        "a: 'b\n",
        '"a": "\\U00110000"\n',
        "a: " + "[" * 30 + "]" * 30 + "\n",
        "a: [" + "b, " * 20_000 + "b]\n",
    ],
)
def test_what_is_odd_it_leaves_to_the_other(text: str) -> None:
    assert read_quickly(text, "f") is None


@needs_it
def test_it_reads_every_file_of_the_organisations() -> None:
    files = sorted((CHECKOUT / "tests/organisations").rglob("*.yaml"))
    texts = [file.read_text("utf-8") for file in files]
    assert sum(read_quickly(text, "f") is not None for text in texts) == len(texts)


def test_without_it_all_is_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"a: 1\nb: [x, y]\n"
    with_it = read_yaml(content, "f")
    monkeypatch.setattr("gehoor.loading.source.quick_yaml.CParser", None)
    assert read_yaml(content, "f") == with_it
