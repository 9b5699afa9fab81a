"""One thing of a file changed by its form: what people wrote around it stays as they wrote it."""

from __future__ import annotations

import pytest

from gehoor.loading.editing.edits import added, changed, moved, renamed, with_item, without
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.values import Word

TERMS = """\
# Wie doet wat, binnen welke tijd.
taal: nl

termijnen:
  # Gemeten in werkdagen, zo sprak de gebruikersraad af.
  ontvangst:
    naam: 'Ontvangst melden'
    binnen: 5 werkdagen    # was 10 tot 2025
    te-laat: [{meld: onthaal}, {meld: directie}]

  # De wet vraagt dit.
  antwoord:
    naam: Antwoorden
    binnen: 30 kalenderdagen
"""


def test_a_value_changes_and_the_remark_behind_it_stays() -> None:
    after = changed(TERMS, ("termijnen", "ontvangst", "binnen"), "3 werkdagen")
    assert after == TERMS.replace("binnen: 5 werkdagen    #", "binnen: 3 werkdagen    #")


def test_a_value_keeps_its_quotes() -> None:
    after = changed(TERMS, ("termijnen", "ontvangst", "naam"), "Zo snel mogelijk")
    assert "naam: 'Zo snel mogelijk'" in after


def test_the_same_value_changes_nothing() -> None:
    assert changed(TERMS, ("termijnen", "ontvangst", "naam"), "Ontvangst melden") == TERMS


def test_a_key_more_stands_at_the_end_of_its_own_group() -> None:
    after = changed(TERMS, ("termijnen", "ontvangst", "uitleg"), "Wie klaagt, hoort dat snel.")
    line = "    te-laat: [{meld: onthaal}, {meld: directie}]\n"
    assert after == TERMS.replace(line, f"{line}    uitleg: Wie klaagt, hoort dat snel.\n")


def test_a_thing_more_stands_apart_as_the_others_do() -> None:
    after = added(TERMS, ("termijnen",), "nazorg", {"naam": "Nazorg", "binnen": "1 maand"})
    assert after == f"{TERMS}\n  nazorg: {{naam: Nazorg, binnen: 1 maand}}\n"


def test_a_thing_before_another_leaves_the_remark_with_the_other() -> None:
    after = added(TERMS, ("termijnen",), "nazorg", {"naam": "Nazorg"}, before="antwoord")
    assert "  nazorg: {naam: Nazorg}\n  # De wet vraagt dit.\n  antwoord:" in after


def test_what_goes_takes_its_own_remark_and_no_other() -> None:
    after = without(TERMS, ("termijnen", "antwoord"))
    assert after == TERMS[: TERMS.index("\n  # De wet vraagt dit.")]


def test_the_remark_above_the_first_of_a_group_stays() -> None:
    after = without(TERMS, ("termijnen", "ontvangst"))
    assert "# Gemeten in werkdagen" in after
    assert "# De wet vraagt dit." in after


def test_what_moves_takes_its_remark_along() -> None:
    after = moved(TERMS, ("termijnen", "antwoord"), 0)
    assert after.index("# De wet vraagt dit.\n  antwoord:") < after.index("ontvangst:")
    assert sorted(after.splitlines()) == sorted(TERMS.splitlines())


def test_back_and_forth_gives_the_same_bytes() -> None:
    there = moved("a: 1\nb: 2\nc: 3\n", ("a",), 2)
    assert there == "b: 2\nc: 3\na: 1\n"
    assert moved(there, ("a",), 0) == "a: 1\nb: 2\nc: 3\n"


def test_another_name_keeps_the_place() -> None:
    after = renamed(TERMS, ("termijnen", "antwoord"), "besluit")
    assert after == TERMS.replace("  antwoord:", "  besluit:")


def test_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(NoSpansError):
        renamed(TERMS, ("termijnen", "antwoord"), "ontvangst")


def test_an_item_is_written_as_those_beside_it() -> None:
    after = with_item(TERMS, ("termijnen", "ontvangst", "te-laat"), {"meld": "raad"}, 1)
    assert "[{meld: onthaal}, {meld: raad}, {meld: directie}]" in after


@pytest.mark.parametrize(
    "text", ["ja", "12", "", "regel: een", "# geen opmerking", "'s avonds", "een\ntwee\n"]
)
def test_a_text_is_read_again_as_that_text(text: str) -> None:
    after = changed("a: b\n", ("a",), text)
    assert changed(after, ("a",), text) == after
    assert changed(after, ("a",), "b") != after


def test_yes_and_a_number_are_written_without_quotes() -> None:
    assert changed("a: b\n", ("a",), Word("ja")) == "a: ja\n"


def test_windows_lines_and_a_byte_order_mark_stay() -> None:
    text = "\ufeffa: 1\r\nb:\r\n  - x\r\n"
    assert with_item(text, ("b",), "z") == "\ufeffa: 1\r\nb:\r\n  - x\r\n  - z\r\n"


def test_a_json_file_stays_json() -> None:
    text = '{\n  "a": 1,\n  "b": [\n    "x"\n  ]\n}\n'
    assert changed(text, ("b",), ["x", "y z"]) == '{\n  "a": 1,\n  "b": [\n    "x",\n    "y z"\n  ]\n}\n'
    assert added(text, (), "c", {"d": Word("true")}).endswith('  ],\n  "c": {"d": true}\n}\n')


def test_a_file_with_references_is_changed_as_a_text() -> None:
    with pytest.raises(NoSpansError):
        changed("a: &x 1\nb: *x\n", ("a",), "2")
