"""Examples with the rules that they show, and what lacks a translation, as the workbench tells them."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.load import load_workspace
from gehoor.loading.sheets.filling import with_text
from gehoor.loading.sheets.proofs import examples, untold
from tests.support.places import ORGANISATIONS, copy_organisations

WHO_WE_ARE = "definitions/de-linde/organisatie.yaml"


def test_each_example_says_which_rules_it_shows_and_what_is_left() -> None:
    loaded = load_workspace(ORGANISATIONS, ("de-linde",)).departments[0]
    found = examples(loaded)
    rules = set(loaded.document["rules"])
    shown = {name for one in found.shown for name in one.rules if name in rules}
    assert shown
    assert len(found.shown) == len(loaded.document["rule-examples"])
    assert rules - shown == set(found.unshown) & rules
    assert shown.isdisjoint(found.unshown)
    assert all(one.file.endswith(".yaml") and one.line > 1 for one in found.shown)


def test_a_sentence_that_is_translated_is_no_longer_missing(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    file = workspace / WHO_WE_ARE
    text = file.read_text("utf-8")
    file.write_text(text.replace("talen: [nl", "talen: [nl, de", 1), "utf-8")
    before = [one for one in untold(load_workspace(workspace, ("de-linde",))) if one.language == "de"]
    one = next(one for one in before if not one.of_form)
    made = with_text(workspace, WHO_WE_ARE, ("vertalingen", "de", one.text), "Auf Deutsch: ja")
    file.write_text(made.text, "utf-8")
    after = untold(load_workspace(workspace, ("de-linde",)))
    assert one.text not in {left.text for left in after if left.language == "de" and not left.of_form}
