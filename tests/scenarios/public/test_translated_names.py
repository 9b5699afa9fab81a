"""What an organisation and its departments are called, in the language of who reads it."""

from __future__ import annotations

from typing import Any

from gehoor.core.wording.public_texts import department_in, organisation_in
from gehoor.services.correspondence.drafting import as_template_gives
from gehoor.services.dossiers.opening import Opening, open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.whom_to_call import departments, whom_to_call
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, agreement, publish_change
from tests.support.letters import UPDATE, add_letters, with_letters
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-13 09:00"
PAGE = "/de-linde/beukenhof/"


def test_departments_to_choose_from_are_called_as_in_the_language_that_was_asked_for() -> None:
    page = new_site(NOW).visitor().page("/?taal=fr")
    assert page.one("h2").text == "Groupe de soins De Linde asbl"
    assert "Maison de repos Beukenhof" in [one.text for one in page.all("strong")]
    assert "WZC Beukenhof" not in page.text


def test_each_page_of_a_department_has_its_name_above_and_that_of_the_organisation_below() -> None:
    visitor = new_site(NOW).visitor()
    page = visitor.page(f"{PAGE}?taal=en")
    assert page.one("a", class_="brand").text.strip() == "Beukenhof care home"
    assert "De Linde Care Group" in page.one("footer").text
    assert "Beukenhof care home, De Linde Care Group" in visitor.page(f"{PAGE}affiche").text
    assert page_faults(page, "en") == []


def test_a_name_that_was_not_translated_stays() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["translations"]["fr"]["WZC Beukenhof"]

    site = new_site(NOW)
    publish_change(site.runtime, change, "2026-05-12 09:30")
    page = site.visitor().page(f"{PAGE}?taal=fr")
    assert page.one("a", class_="brand").text.strip() == "WZC Beukenhof"


def test_a_language_that_there_is_not_has_the_names_of_the_first() -> None:
    assert (department_in(agreement(), "el"), organisation_in(agreement(), "nl")) == (
        "WZC Beukenhof",
        "Woonzorggroep De Linde vzw",
    )


def test_whom_to_call_is_named_in_the_language_of_who_asks() -> None:
    found = departments(new_site(NOW).runtime, at(NOW))
    assert "Maison de repos Beukenhof" in [name for name, _ in whom_to_call(found, "fr")]


def test_a_letter_calls_who_writes_it_as_its_reader_does() -> None:
    def letters(document: dict[str, Any]) -> None:
        names = {"fr": "{department}, {organisation}"}
        passage = {"text": "{department}, {organisation}", "translations": names}
        add_letters(document, **{"stand-van-zaken": {**UPDATE, "text": [passage]}})

    runtime = with_letters()
    publish_change(runtime, letters, "2026-01-20 10:00")
    given = Opening(ORGANISATION, "beukenhof", "melden", dict(MELDEN), "key-of-names", language="fr")
    dossier = open_dossier(runtime, given, at("2026-05-12 14:00")).dossier
    opened = look(runtime, dossier, at(NOW))
    template = opened.agreement.correspondence["stand-van-zaken"]
    in_french = as_template_gives(runtime, opened, template, "fr", "Els", at(NOW))
    in_dutch = as_template_gives(runtime, opened, template, "nl", "Els", at(NOW))
    assert in_french.text == "Maison de repos Beukenhof, Groupe de soins De Linde asbl"
    assert in_dutch.text == "WZC Beukenhof, Woonzorggroep De Linde vzw"
