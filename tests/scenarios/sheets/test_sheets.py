"""What stands at a place of a file, as a form; filled in, it changes what was answered otherwise and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gehoor.core.proposals.sheets import Kind, Shape
from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from gehoor.loading.sheets.adding import Addition, with_part, with_thing
from gehoor.loading.sheets.filling import filled, without_thing
from gehoor.loading.sheets.growing import FillError
from gehoor.loading.sheets.places import NoSheetError
from gehoor.loading.sheets.renaming import renamed_everywhere, uses
from gehoor.loading.sheets.sheet import outline, sheet
from tests.support.places import ORGANISATIONS, copy_organisations

LINDE = "de-linde"
TERMS = "rules/de-linde/termijnen.yaml"
WHO_WE_ARE = "definitions/de-linde/organisatie.yaml"
ALL = tuple(
    file.relative_to(ORGANISATIONS).as_posix()
    for folder in ("definitions", "forms", "rules")
    for file in sorted((ORGANISATIONS / folder).rglob("*.yaml"))
)


def test_every_file_is_shown_as_what_it_is() -> None:
    assert [one.file for one in outline(ORGANISATIONS, ALL) if not one.readable] == []


@pytest.mark.share(4)
@pytest.mark.parametrize("file", ALL)
def test_a_sheet_sent_as_it_was_shown_changes_no_byte(file: str) -> None:
    (shown,) = outline(ORGANISATIONS, (file,))
    before = (ORGANISATIONS / file).read_bytes().decode()
    for section in shown.sections:
        one = sheet(ORGANISATIONS, LINDE, file, (section.word,))
        paths = [one.path, *((*one.path, item.step) for item in one.items)]
        for path in paths:
            found = sheet(ORGANISATIONS, LINDE, file, path)
            given = {control.word: list(control.texts) for control in found.controls}
            given = {word: ["\n".join(texts)] if len(texts) > 1 else texts for word, texts in given.items()}
            lines = {
                control.word: list(control.texts)
                for control in found.controls
                if control.kind is Kind.CHOICES
            }
            asked = {
                control.word: [json.dumps([row.field, row.way, *row.texts]) for row in control.asked]
                for control in found.controls
                if control.kind is Kind.CONDITION
            }
            sent = {**given, **lines, **asked}
            assert filled(ORGANISATIONS, LINDE, file, path, sent).text == before, path


def test_a_reference_is_chosen_from_what_there_is() -> None:
    found = sheet(ORGANISATIONS, LINDE, TERMS, ("termijnen", "ontvangstmelding"))
    controls = {one.word: one for one in found.controls}
    assert controls["verantwoordelijk"].kind is Kind.CHOICE
    assert "onthaal" in {one.value for one in controls["verantwoordelijk"].choices}
    assert "antwoord verstuurd" in {one.value for one in controls["tot"].choices}


def test_what_a_part_names_is_called_as_people_know_it() -> None:
    found = sheet(ORGANISATIONS, LINDE, TERMS, ("termijnen", "ontvangstmelding"))
    late = next(one for one in found.controls if one.word == "te-laat")
    assert late.summary.startswith("Meld: Kwaliteitscoördinator; Na: 5 werkdagen, Meld: Dagelijks verantw")
    inside = sheet(ORGANISATIONS, LINDE, TERMS, ("termijnen", "ontvangstmelding", "te-laat"))
    assert inside.items[0].title == "Meld: Kwaliteitscoördinator"


def test_rights_are_roles_or_everybody_alone() -> None:
    found = sheet(ORGANISATIONS, LINDE, WHO_WE_ARE, ("rechten",))
    rights = {one.word: one for one in found.controls}
    assert rights["heropenen"].kind is Kind.CHOICES
    assert {one.value for one in rights["heropenen"].choices if one.alone} == {"iedereen", "niemand"}
    made = filled(ORGANISATIONS, LINDE, WHO_WE_ARE, ("rechten",), {"heropenen": ["iedereen", "onthaal"]})
    assert "\n  heropenen: iedereen\n" in made.text


def test_what_nothing_is_said_of_any_more_goes() -> None:
    made = filled(ORGANISATIONS, LINDE, TERMS, ("termijnen", "ontvangstmelding"), {"openbaar": [""]})
    before = (ORGANISATIONS / TERMS).read_text("utf-8")
    assert len(before.splitlines()) - len(made.text.splitlines()) == 1


def test_what_cannot_be_read_is_refused_at_its_keyword() -> None:
    with pytest.raises(FillError) as refused:
        filled(
            ORGANISATIONS, LINDE, TERMS, ("termijnen", "ontvangstmelding"), {"verlengen": ["{hoogstens: ["]}
        )
    assert (refused.value.word, refused.value.reason) == ("verlengen", "snippet")


def test_there_is_no_sheet_of_what_is_not_there() -> None:
    with pytest.raises(NoSheetError):
        sheet(ORGANISATIONS, LINDE, TERMS, ("termijnen", "nergens"))


def test_a_term_more_comes_with_what_it_needs(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    files, path = with_thing(workspace, LINDE, TERMS, ("termijnen",), Addition("Tussentijds bericht"))
    for one in files:
        (workspace / one.file).write_text(one.text, "utf-8")
    assert path == ("termijnen", "tussentijds-bericht")
    assert not load_workspace(workspace, (LINDE,)).problems


@pytest.mark.parametrize(
    ("file", "path", "name"),
    [
        (WHO_WE_ARE, ("rollen", "onthaal"), "balie"),
        ("definitions/de-linde/verloop.yaml", ("mijlpalen", "ontvangst"), "binnengekomen"),
        (TERMS, ("termijnen", "antwoord"), "antwoord-geven"),
    ],
)
def test_another_name_holds_everywhere(tmp_path: Path, file: str, path: tuple[str, ...], name: str) -> None:
    workspace = copy_organisations(tmp_path)
    files, called = renamed_everywhere(workspace, LINDE, file, path, name)
    assert called == name
    for one in files:
        (workspace / one.file).write_text(one.text, "utf-8")
    after = load_workspace(workspace, (LINDE,))
    assert errors(after.problems) == []


def test_a_name_as_people_write_it_becomes_one_that_files_can_have(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    _files, called = renamed_everywhere(
        workspace, LINDE, WHO_WE_ARE, ("rollen", "onthaal"), "Zorgcoördinator"
    )
    assert called == "zorgcoordinator"


def test_a_question_for_one_department_stands_in_its_own_file(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    form = "forms/de-linde/dossier.schema.yaml"
    found = sheet(workspace, LINDE, form, ("properties",))
    assert "beukenhof" in {one.value for one in found.departments}
    (made,), path = with_thing(
        workspace, LINDE, form, ("properties",), Addition("Welke leefgroep?", "beukenhof")
    )
    assert made.file == "definitions/de-linde/afdelingen/beukenhof.yaml"
    assert path == ("formulieren", "dossier", "velden", "welke_leefgroep")
    (workspace / made.file).write_text(made.text, "utf-8")
    loaded = load_workspace(workspace, (LINDE,))
    assert errors(loaded.problems) == []
    asked = {one.department: one.agreement.dossier_form.fields for one in loaded.departments}
    assert [name for name, fields in asked.items() if "welke_leefgroep" in fields] == ["beukenhof"]


def test_a_consequence_more_is_of_a_kind_that_one_chooses() -> None:
    place = ("regels", "ernstig-naar-directie", "dan")
    found = sheet(ORGANISATIONS, LINDE, "rules/de-linde/regels.yaml", place)
    assert "verwittig" in {one.value for one in found.starts}
    (made,), _ = with_thing(
        ORGANISATIONS, LINDE, "rules/de-linde/regels.yaml", place, Addition("onthaal", start="verwittig")
    )
    assert "- {verwittig: onthaal}\n" in made.text


def test_an_example_more_is_about_nothing_yet() -> None:
    (made,), _ = with_thing(
        ORGANISATIONS,
        LINDE,
        "rules/de-linde/regels.yaml",
        ("voorbeelden",),
        Addition("Schade van 1.500 euro"),
    )
    assert made.text.endswith("  - geval: Schade van 1.500 euro\n    gegeven: {}\n    verwacht: {}\n")


def test_a_thing_goes_and_nothing_else(tmp_path: Path) -> None:
    made = without_thing(ORGANISATIONS, LINDE, WHO_WE_ARE, ("rollen", "sociale-dienst"))
    before = (ORGANISATIONS / WHO_WE_ARE).read_text("utf-8").splitlines()
    after = made.text.splitlines()
    gone = [line for line in before if line not in after]
    assert "  sociale-dienst:" in gone
    assert [line for line in after if line not in before] == []


def test_a_list_is_shown_in_its_order() -> None:
    found = sheet(ORGANISATIONS, LINDE, WHO_WE_ARE, ("afdelingen",))
    assert found.shape is Shape.LIST
    assert [one.step for one in found.items] == list(range(len(found.items)))


def test_where_nothing_stands_yet_a_sheet_is_filled_in_all_the_same() -> None:
    place = ("anoniem",)
    own = "definitions/de-linde/afdelingen/beukenhof.yaml"
    shown = sheet(ORGANISATIONS, LINDE, own, place, grows=True)
    assert "uitleg" in {one.word for one in (*shown.controls, *shown.more)}
    made = filled(ORGANISATIONS, LINDE, own, place, {"uitleg": ["Ook zonder naam."]}, grows=True)
    assert made.text.endswith("\nanoniem: {uitleg: Ook zonder naam.}\n")
    before = (ORGANISATIONS / own).read_text("utf-8")
    assert made.text.startswith(before.rstrip("\n"))


def test_a_thing_more_says_from_the_start_what_it_is() -> None:
    begin = {"medium": "oral"}
    channels = "definitions/de-linde/kanalen.yaml"
    files, _ = with_thing(ORGANISATIONS, LINDE, channels, ("kanalen",), Addition("Aan de deur", begin=begin))
    (made,) = files
    assert "aan-de-deur:" in made.text
    assert "vorm: mondeling" in made.text.partition("aan-de-deur")[2]


def test_a_name_that_there_is_already_is_refused() -> None:
    with pytest.raises(FillError) as told:
        with_thing(ORGANISATIONS, LINDE, "definitions/de-linde/kanalen.yaml", ("kanalen",), Addition("Brief"))
    assert told.value.reason == "name"


def test_it_is_told_where_a_thing_is_named() -> None:
    found = uses(ORGANISATIONS, LINDE, WHO_WE_ARE, ("rollen", "onthaal"))
    assert ("definitions/de-linde/klacht.yaml", "eigenaar: onthaal") in {
        (one.file, one.text) for one in found
    }
    assert all("onthaal" in one.text for one in found)


def test_a_text_of_a_letter_is_filled_in_as_it_is_read(tmp_path: Path) -> None:
    workspace = copy_organisations(tmp_path)
    files, path = with_part(workspace, LINDE, "complainant-letter", "Onze spijt")
    for one in files:
        (workspace / one.file).write_text(one.text, "utf-8")
    file = files[0].file
    passages = sheet(workspace, LINDE, file, (*path, "tekst")).items
    step = next(one.step for one in passages if one.title.startswith("Vul aan wat wij vonden"))
    place = (*path, "tekst", step)
    shown = sheet(workspace, LINDE, file, place)
    assert (shown.shape, shown.is_text) == (Shape.VALUE, True)
    assert shown.text.startswith("Vul aan wat wij vonden")
    made = filled(workspace, LINDE, file, place, {"": ["Beste,\r\n\r\nHet spijt ons: dit had beter gekund."]})
    (workspace / file).write_text(made.text, "utf-8")
    again = sheet(workspace, LINDE, file, place)
    assert again.text.rstrip("\n") == "Beste,\n\nHet spijt ons: dit had beter gekund."
    assert filled(workspace, LINDE, file, place, {"": [again.text]}).text == made.text
    with pytest.raises(FillError):
        filled(workspace, LINDE, file, place, {"": [" "]})
