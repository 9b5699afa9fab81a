"""Who sees a field and who changes it: what someone may not see is nowhere, and what is not theirs is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from gehoor.core.wording.registry import DUTCH
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.term_changes import due_if_extended
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.related import related
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import (
    ORGANISATION,
    PHONE,
    fill,
    new_runtime,
    open_by_phone,
    open_by_web,
    publish_change,
    staff,
)
from tests.support.pages import page_faults
from tests.support.paper_post import PaperPost
from tests.support.site import new_site

NOW = "2026-05-13 09:00"
SECRET = "Verpleegkundige K."
COORDINATOR, DESK = "kwaliteitscoordinator", "onthaal"


def fields(**more: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    """Change who sees and who changes fields of the dossier."""

    def change(document: dict[str, Any]) -> None:
        for name, keywords in more.items():
            document["forms"]["dossier"]["properties"][name].update(keywords)

    return change


def agreed(change: Callable[[dict[str, Any]], None]) -> Runtime:
    runtime = new_runtime()
    publish_change(runtime, change, "2026-05-01 09:00")
    return runtime


def people(runtime: Runtime) -> None:
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "ria", DESK)


def about_somebody(runtime: Runtime) -> str:
    """A complaint about a nurse, whose name the coordinator wrote down."""
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", voorwerp="persoon", aangeklaagde_anderen=SECRET)
    return dossier


def refused(work: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(RefusedError) as refusal:
        work()
    return {objection.field: DUTCH.objections.text(objection) for objection in refusal.value.objections}


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


HIDDEN = fields(aangeklaagde_anderen={"seen-by": [COORDINATOR]})


def test_who_may_not_see_a_field_gets_nothing_of_it() -> None:
    runtime = agreed(HIDDEN)
    people(runtime)
    dossier = about_somebody(runtime)
    seen = look(runtime, dossier, at(NOW), "ria")
    assert SECRET not in repr((seen.dossier, seen.decision, seen.events))
    assert "aangeklaagde_anderen" in seen.rights.unseen


def test_who_may_see_a_field_and_whoever_runs_the_server_get_it() -> None:
    runtime = agreed(HIDDEN)
    people(runtime)
    dossier = about_somebody(runtime)
    for viewer in ("els", ""):
        seen = look(runtime, dossier, at(NOW), viewer)
        assert seen.dossier.values["aangeklaagde_anderen"] == SECRET


def test_the_page_of_who_may_not_see_a_field_does_not_have_it() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, HIDDEN, "2026-05-12 09:30")
    people(site.runtime)
    dossier = about_somebody(site.runtime)
    els, ria = site.staff("els", COORDINATOR), site.staff("ria", DESK)
    for room in ("", "/verloop"):
        mine = els.page(f"/medewerker/dossiers/{dossier}{room}")
        theirs = ria.page(f"/medewerker/dossiers/{dossier}{room}")
        assert SECRET in mine.html
        assert SECRET not in theirs.html
        assert "Over welke medewerkers gaat het?" not in theirs.text
        assert page_faults(theirs) == []


@pytest.mark.parametrize("guess", [SECRET, "Iemand anders", ""])
def test_a_field_that_is_not_seen_cannot_be_guessed(guess: str) -> None:
    """The right value and a wrong one get the same answer, and so does clearing it."""
    runtime = agreed(HIDDEN)
    people(runtime)
    dossier = about_somebody(runtime)
    said = refused(lambda: fill(runtime, dossier, NOW, aangeklaagde_anderen=guess))
    assert said == {
        "aangeklaagde_anderen": "Dit is niet aan u. Alleen wie deze rol heeft, vult dit in: Kwaliteitscoördinator."
    }


def test_a_forged_answer_that_is_refused_shows_nothing_of_what_stood_there() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, HIDDEN, "2026-05-12 09:30")
    people(site.runtime)
    dossier = about_somebody(site.runtime)
    visitor = site.staff("ria", DESK)
    page = visitor.page(f"/medewerker/dossiers/{dossier}")
    forged = {
        "csrf_token": page.value("csrf_token"),
        "versie": "1",
        "getoond": "aangeklaagde_anderen",
        "v_aangeklaagde_anderen": "Iemand",
    }
    answer = visitor.post(f"/medewerker/dossiers/{dossier}", forged)
    assert answer.status_code == 422
    assert "Dit is niet aan u." in answer.text
    assert SECRET not in answer.text


EDITED = fields(gewenste_uitkomst={"edited-by": [COORDINATOR]})


def test_who_may_see_and_not_change_a_field_sees_it_fixed() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, EDITED, "2026-05-12 09:30")
    people(site.runtime)
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    fill(site.runtime, dossier, "2026-05-12 11:00", actor="els", gewenste_uitkomst=["uitleg"])
    page = site.staff("ria", DESK).page(f"/medewerker/dossiers/{dossier}")
    assert 'name="v_onderwerp"' in page.html
    assert 'name="v_gewenste_uitkomst"' not in page.html
    assert "Wat wil de klager bereiken?" in page.text


def test_who_may_not_change_a_field_is_refused_and_the_same_answer_again_is_no_change() -> None:
    runtime = agreed(EDITED)
    people(runtime)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", gewenste_uitkomst=["uitleg"])
    assert list(refused(lambda: fill(runtime, dossier, NOW, gewenste_uitkomst=["gehoord"]))) == [
        "gewenste_uitkomst"
    ]
    assert list(refused(lambda: fill(runtime, dossier, NOW, gewenste_uitkomst=[]))) == ["gewenste_uitkomst"]
    fill(runtime, dossier, NOW, gewenste_uitkomst=["uitleg"], klager_gemeente="Gent")


def test_registering_refuses_what_is_not_for_who_registers() -> None:
    runtime = agreed(fields(klager_voornaam={"edited-by": [COORDINATOR]}))
    people(runtime)

    def register(actor: str) -> object:
        given = {**PHONE, "klager_voornaam": "Lieve"}
        return open_dossier(
            runtime,
            Opening(ORGANISATION, "beukenhof", "dossier", given, f"key {actor}", actor, actor),
            at(NOW),
        )

    assert list(refused(lambda: register("ria"))) == ["klager_voornaam"]
    register("els")


def test_the_page_to_register_asks_only_what_is_for_who_registers() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, fields(klager_voornaam={"seen-by": [COORDINATOR]}), "2026-05-12 09:30")
    address = f"/medewerker/{ORGANISATION}/beukenhof/registreren"
    assert 'name="v_klager_voornaam"' in site.staff("els", COORDINATOR).page(address).html
    assert 'name="v_klager_voornaam"' not in site.staff("ria", DESK).page(address).html


def test_someone_outside_fills_in_what_is_theirs() -> None:
    runtime = agreed(fields(gewenste_uitkomst={"seen-by": [COORDINATOR]}))
    people(runtime)
    dossier = open_by_web(runtime, NOW, gewenste_uitkomst=["uitleg"]).dossier
    assert look(runtime, dossier, at(NOW), "els").dossier.values["gewenste_uitkomst"] == ["uitleg"]


def test_the_deputy_has_the_rights_of_a_role_that_nobody_holds() -> None:
    runtime = agreed(fields(aangeklaagde_anderen={"seen-by": ["sociale-dienst"]}))
    people(runtime)
    dossier = about_somebody(runtime)
    assert look(runtime, dossier, at(NOW), "els").dossier.values["aangeklaagde_anderen"] == SECRET
    staff(runtime, "joris", "sociale-dienst")
    assert "aangeklaagde_anderen" not in look(runtime, dossier, at(NOW), "els").dossier.values


def test_who_stands_in_for_a_role_has_its_rights_and_the_role_itself_has_not() -> None:
    def change(document: dict[str, Any]) -> None:
        HIDDEN(document)
        document["rules"]["andere-weg"] = {
            "if": {"voorwerp": {"is": "persoon"}},
            "then": [{"assign": "dagelijks-verantwoordelijke", "instead-of": COORDINATOR}],
            "because": "Een klacht over de coördinator gaat langs een andere weg.",
        }

    runtime = agreed(change)
    people(runtime)
    staff(runtime, "koen", "dagelijks-verantwoordelijke")
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    fill(runtime, dossier, "2026-05-12 11:00", actor="els", voorwerp="persoon")
    fill(runtime, dossier, "2026-05-12 12:00", actor="koen", aangeklaagde_anderen=SECRET)
    assert SECRET in repr(look(runtime, dossier, at(NOW), "koen").dossier)
    assert SECRET not in repr(look(runtime, dossier, at(NOW), "els").dossier)


@pytest.mark.parametrize(("hidden", "words"), [("onderwerp", "Bel"), ("uiteenzetting", "Zondag om 11 uur")])
def test_the_work_list_keeps_a_hidden_subject_to_itself(hidden: str, words: str) -> None:
    """The subject of a list is the subject, or the beginning of the story when there is none yet."""
    runtime = agreed(fields(**{hidden: {"seen-by": [COORDINATOR]}}))
    people(runtime)
    dossier = open_by_web(runtime, "2026-05-12 10:00").dossier
    if hidden == "onderwerp":
        fill(runtime, dossier, "2026-05-12 11:00", actor="els", onderwerp="Bel niet beantwoord")
    (mine,) = work_list(runtime, account(runtime, "els"), at(NOW)).lines
    (theirs,) = work_list(runtime, account(runtime, "ria"), at(NOW)).lines
    assert words in mine.summary.subject
    assert theirs.summary.subject == ""


def test_what_a_question_to_the_register_says_about_a_hidden_field_is_not_told() -> None:
    def change(document: dict[str, Any]) -> None:
        fields(onderwerp={"seen-by": [COORDINATOR]}, voorwerp={"seen-by": [COORDINATOR]})(document)
        asked = {"same": ["voorwerp"], "at-least": 1}
        document["rules"]["vaker"] = {
            "if": {"similar-messages": asked},
            "then": [{"flag": "Vaker"}],
            "because": "Dit komt meer voor.",
        }

    runtime = agreed(change)
    people(runtime)
    for day in ("10", "11"):
        dossier = open_by_web(runtime, f"2026-05-{day} 10:00").dossier
        fill(runtime, dossier, f"2026-05-{day} 11:00", actor="els", voorwerp="persoon")
    mine, theirs = (look(runtime, dossier, at(NOW), name) for name in ("els", "ria"))

    def asked(opened: OpenedDossier, name: str) -> list[str]:
        texts = [str(DUTCH.events.text(opened.under[event.agreement], event)) for event in opened.events]
        return [*(one.asked for one in related(runtime, opened, account(runtime, name), at(NOW))), *texts]

    assert any("waarover gaat de klacht" in text.lower() for text in asked(mine, "els"))
    assert not any("waarover gaat de klacht" in text.lower() for text in asked(theirs, "ria"))


def test_what_is_still_needed_is_told_with_who_fills_it_in() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, fields(onderwerp={"edited-by": [COORDINATOR]}), "2026-05-12 09:30")
    people(site.runtime)
    dossier = open_by_web(site.runtime, "2026-05-12 10:00").dossier
    page = site.staff("ria", DESK).page(f"/medewerker/dossiers/{dossier}")
    assert "Onderwerp (Kwaliteitscoördinator)" in page.text
    assert "#v_onderwerp" not in page.html


def test_who_may_not_see_an_address_reads_it_at_no_message_either() -> None:
    """An e-mail to whoever told it goes out or not: to which address, is an answer of the dossier."""
    site = new_site("2026-05-13 10:00")
    hidden = fields(klager_email={"seen-by": [COORDINATOR]})
    letter = {"name": "Lezen", "subject": "Er is iets te lezen", "text": ["Lees het op {link}."]}

    def announced(document: dict[str, Any]) -> None:
        hidden(document)
        document["correspondence"] = {**document.get("correspondence", {}), "te-lezen": letter}
        document["notices"]["to-read"] = "te-lezen"

    publish_change(site.runtime, announced, "2026-05-01 09:30")
    address = "geheim.els@voorbeeld.be"
    dossier = open_by_web(site.runtime, "2026-05-12 10:00", klager_email=address).dossier
    desk = site.staff("ria", DESK)
    write_back(site.runtime, dossier, "Wij bellen u.", "k1", site.clock(), "ria")
    deliver(site.runtime, PaperPost(down=True), site.clock)
    for path in (f"/medewerker/dossiers/{dossier}", "/medewerker/berichten"):
        shown = desk.page(path).text
        assert "Aan de melder." in shown
        assert address not in shown
    (mail,) = [one for one in look(site.runtime, dossier, site.clock(), "ria").messages if one.is_outside]
    assert mail.recipients == ()


ASKED = fields(aangeklaagde_anderen={"seen-by": [COORDINATOR], "required-before": "geregistreerd"})
OTHERS = "Misschien vult iemand anders"


def test_what_others_have_to_fill_in_is_told_alike_whether_it_is_filled_in_or_not() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, ASKED, "2026-05-12 09:30")
    people(site.runtime)
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    fill(site.runtime, dossier, "2026-05-12 11:00", actor="els", voorwerp="persoon")
    els, ria = site.staff("els", COORDINATOR), site.staff("ria", DESK)
    address = f"/medewerker/dossiers/{dossier}"

    def told() -> list[tuple[int, list[str]]]:
        pages = [ria.page(f"{address}{room}") for room in ("", "/overzicht", "/afsluiten")]
        for page in pages:
            assert "Over welke medewerkers gaat het?" not in page.text
            assert page_faults(page) == []
        assert OTHERS in pages[0].text
        return [
            (page.html.count("data-need="), re.findall(r"[Nn]og \d+|Niets meer nodig", page.text))
            for page in pages
        ]

    assert "Over welke medewerkers gaat het?" in els.page(address).text
    assert OTHERS not in els.page(address).text
    before = told()
    fill(site.runtime, dossier, "2026-05-12 12:00", actor="els", aangeklaagde_anderen=SECRET)
    assert told() == before


def test_nor_does_what_is_typed_name_it() -> None:
    site = new_site(NOW)
    publish_change(site.runtime, ASKED, "2026-05-12 09:30")
    people(site.runtime)
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    ria = site.staff("ria", DESK)
    page = ria.page(f"/medewerker/dossiers/{dossier}")
    typed = {"csrf_token": page.value("csrf_token"), "versie": page.value("versie"), "getoond": "voorwerp"}
    answer = ria.post(f"/medewerker/dossiers/{dossier}/onbewaard", {**typed, "v_voorwerp": "persoon"})
    assert answer.status_code == 200
    assert "aangeklaagde_anderen" not in answer.text
    assert "Over welke medewerkers" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("hidden", ["type_bericht", "ontvangstdatum"])
def test_what_a_term_hangs_on_may_be_hidden_from_who_can_extend_it(hidden: str) -> None:
    """On what day it would be due then, is not told where that does not follow from what they see."""
    runtime = new_runtime()

    def agreed(document: dict[str, Any]) -> None:
        document["rights"]["extend-term"] = [COORDINATOR]
        document["forms"]["dossier"]["properties"][hidden]["seen-by"] = ["algemeen-directeur"]

    publish_change(runtime, agreed, "2026-01-20 10:00")
    staff(runtime, "els", COORDINATOR)
    staff(runtime, "dirk", COORDINATOR, "algemeen-directeur")
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    found = {}
    for name in ("els", "dirk"):
        opened = look(runtime, dossier, at(NOW), name)
        found[name] = due_if_extended(runtime, opened, "antwoord", at(NOW))
    assert found["els"] is None
    assert found["dirk"] is not None
    site = new_site(NOW, runtime)
    page = site.staff("mia", COORDINATOR).page(f"/medewerker/dossiers/{dossier}/overzicht")
    assert page_faults(page) == []
    assert "De laatste dag wordt" not in page.text
