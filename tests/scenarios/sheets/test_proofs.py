"""Examples with the rules that they show, and what lacks a translation, as the workbench tells them."""

from __future__ import annotations

from pathlib import Path

from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from gehoor.loading.sheets.filling import with_text
from gehoor.loading.sheets.proofs import examples, untold
from tests.support.places import ORGANISATIONS, copy_organisations

RULES = "rules/de-linde/regels.yaml"
WHO_WE_ARE = "definitions/de-linde/organisatie.yaml"


def test_each_example_says_which_rules_it_shows_and_what_is_left() -> None:
    loaded = load_workspace(ORGANISATIONS, ("de-linde",)).departments[0]
    found = examples(loaded)
    rules = set(loaded.document["rules"])
    shown = {name for one in found.shown for name in one.rules if name in rules}
    assert shown
    assert len(found.shown) == len(loaded.document["rule-examples"])
    assert rules - shown == {*found.unshown, *found.idle} & rules
    assert shown.isdisjoint((*found.unshown, *found.idle))
    assert set(found.unshown).isdisjoint(found.idle)
    assert all(one.file.endswith(".yaml") and one.line > 1 for one in found.shown)


def test_an_example_that_is_right_without_a_rule_does_not_show_it(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    file = workspace / RULES
    twice = """\
  nog-eens-naar-directie:
    als: {ernst: {minstens: 4}}
    dan: [{verwittig: algemeen-directeur}]
    omdat: Dubbel.

"""
    text = file.read_text("utf-8")
    before = examples(load_workspace(workspace, ("de-linde",)).departments[0])
    assert "ernstig-naar-directie" in {rule for one in before.shown for rule in one.rules}
    file.write_text(text.replace("  gevaar-naar-directie:", f"{twice}  gevaar-naar-directie:", 1), "utf-8")
    found = examples(load_workspace(workspace, ("de-linde",)).departments[0])
    assert "nog-eens-naar-directie" in found.idle
    assert "nog-eens-naar-directie" not in {rule for one in found.shown for rule in one.rules}


def test_a_sentence_that_is_translated_is_no_longer_missing(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    file = workspace / WHO_WE_ARE
    text = file.read_text("utf-8")
    file.write_text(text.replace("talen: [nl", "talen: [nl, de", 1), "utf-8")
    before = [
        one for one in untold(load_workspace(workspace, ("de-linde",)), workspace) if one.language == "de"
    ]
    one = next(one for one in before if not one.of_form)
    made = with_text(workspace, WHO_WE_ARE, ("vertalingen", "de", one.text), "Auf Deutsch: ja")
    file.write_text(made.text, "utf-8")
    after = untold(load_workspace(workspace, ("de-linde",)), workspace)
    assert one.text not in {left.text for left in after if left.language == "de" and not left.of_form}


BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
OWN = """
regels:
  gevaar-naar-de-sociale-dienst:
    als: {acuut_gevaar: ja}
    dan: [{verwittig: sociale-dienst}, {markeer: Bel}]
    omdat: Zij belt de familie.

voorbeelden:
  - geval: Gevaar in Beukenhof
    gegeven: {acuut_gevaar: ja}
    verwacht: {verwittigd: [algemeen-directeur, sociale-dienst], gemarkeerd: [Bel, Gevaar]}
"""


def _with_own_rule(workspace: Path, text: str = OWN) -> list[tuple[str, str]]:
    file = workspace / BEUKENHOF
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    return [(one.place.file, one.code) for one in errors(load_workspace(workspace, ("de-linde",)).problems)]


def test_the_examples_of_an_organisation_know_nothing_of_the_rule_of_one_department(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    assert _with_own_rule(workspace) == []
    first, second, *_ = load_workspace(workspace, ("de-linde",)).departments
    (own,) = (one for one in examples(first).shown if one.case == "Gevaar in Beukenhof")
    assert own.file == BEUKENHOF
    assert "gevaar-naar-de-sociale-dienst" in own.rules
    assert "Gevaar in Beukenhof" not in {one.case for one in examples(second).shown}


def test_an_example_of_a_department_that_turns_out_otherwise_is_told_there(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    found = _with_own_rule(workspace, OWN.replace("[Bel, Gevaar]", "[Bel]"))
    assert found == [(BEUKENHOF, "voorbeeld-faalt")]


def test_a_rule_that_a_department_says_otherwise_still_counts(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    otherwise = "\nregels:\n  ernstig-naar-directie:\n    dan: [{markeer: Ernstig}]\n"
    assert {code for _, code in _with_own_rule(workspace, otherwise)} == {"voorbeeld-faalt"}
