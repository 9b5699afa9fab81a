"""What is added comes where it was asked: after something else, and a question in the phase of the one before it."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.ports.drafting import Act, EditedFiles, SheetEdit
from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, WORKPLACE, begun, files, sent

DOSSIER, WEBSITE = "forms/de-linde/dossier.schema.yaml", "forms/de-linde/melden.schema.yaml"
BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
RULES = "rules/de-linde/regels.yaml"


def added(drafter: ConfinedDrafter, file: str, path: tuple[str, ...], **more: Any) -> EditedFiles:
    return drafter.edit(files(), LINDE, SheetEdit(Act.ADD, file, path, **more))


def read(edited: EditedFiles, file: str) -> Any:
    return YAML(typ="safe", pure=True).load(edited.files[file])


def order(drafter: ConfinedDrafter, edited: EditedFiles) -> list[str]:
    """Return the questions of the dossier as a department has them."""
    judged = drafter.judge({**files(), **edited.files}, LINDE)
    assert judged.is_sound, judged.told
    return list(judged.departments[0].document["forms"]["dossier"]["properties"])


def test_a_question_comes_after_the_one_that_was_chosen_in_its_phase(drafter: ConfinedDrafter) -> None:
    edited = added(drafter, DOSSIER, ("properties",), name="Wie was erbij", after="onderzoeker")
    asked = order(drafter, edited)
    assert asked[asked.index("onderzoeker") + 1] == "wie_was_erbij"
    assert read(edited, DOSSIER)["properties"]["wie_was_erbij"]["fase"] == "onderzoek"


def test_so_does_a_question_of_one_department(drafter: ConfinedDrafter) -> None:
    path = ("formulieren", "dossier", "velden")
    edited = added(drafter, BEUKENHOF, path, name="Wie was erbij", after="onderzoeker", grows=True)
    asked = order(drafter, edited)
    assert asked[asked.index("onderzoeker") + 1] == "wie_was_erbij"


def test_on_the_website_its_step_comes_after_that_of_the_one_before_it(drafter: ConfinedDrafter) -> None:
    edited = added(drafter, WEBSITE, ("properties",), name="Wie was erbij", after="uiteenzetting")
    form = read(edited, WEBSITE)
    assert list(form["properties"])[:2] == ["uiteenzetting", "wie_was_erbij"]
    assert [one["velden"] for one in form["stappen"][:3]] == [
        ["uiteenzetting"],
        ["wie_was_erbij"],
        ["aangeklaagde_dienst"],
    ]


def test_without_a_choice_it_comes_at_the_end(drafter: ConfinedDrafter) -> None:
    edited = added(drafter, DOSSIER, ("properties",), name="Wie was erbij")
    assert list(read(edited, DOSSIER)["properties"])[-1] == "wie_was_erbij"


def test_in_a_list_it_comes_after_a_number(drafter: ConfinedDrafter) -> None:
    path = ("regels", "ernstig-naar-directie", "dan")
    edited = added(drafter, RULES, path, name="Let op", start="waarschuw", after=0)
    assert [next(iter(one)) for one in read(edited, RULES)["regels"]["ernstig-naar-directie"]["dan"]] == [
        "verwittig",
        "waarschuw",
        "markeer",
        "vereis",
    ]
    assert edited.path == (*path, 1)


def test_the_page_asks_where_it_comes(site: Site, els: Visitor) -> None:
    place = f"{WORKPLACE}/voorstel/{begun(site.runtime).id}"
    page = els.page(f"{place}/ding/{DOSSIER}?p=properties")
    choices = [one.attributes["value"] for one in page.all("option") if one.inside("select")]
    assert "onderzoeker" in choices
    answer = sent(els, f"{place}/erbij/{DOSSIER}?p=properties", naam="Wie was erbij", na="onderzoeker")
    assert answer.status_code == 303, answer.text
    assert "onderzoeker" in els.page(answer.location).text
