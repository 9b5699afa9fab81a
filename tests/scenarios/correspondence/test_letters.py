"""Letters to who complains: written from the dossier, checked, sent once and word for word, and seen outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.drafting import OvertakenError, as_template_gives, begun_in
from gehoor.services.correspondence.letters import letters_of
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.duties import Approving, approve
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import follow
from gehoor.services.messages.addresses import as_it_goes, readdress
from gehoor.services.messages.sending import deliver
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.undelivered import all_undelivered
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    MELDEN,
    ORGANISATION,
    fill,
    investigated,
    open_by_web,
    publish_change,
    registered,
    staff,
)
from tests.support.letters import ANSWER, ELS, UPDATE, add_letters, post, with_letters, write
from tests.support.paper_post import PaperPost
from tests.support.site import new_site

READY = {"besluit": "Wij leggen het uit.", "antwoord_motivering": "Zoals het rooster laat zien."}


def said(work: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        work()
    return [DUTCH.objections.text(one) for one in refused.value.objections]


def ready(runtime: Runtime) -> str:
    """A complaint of 12 May 2026, judged and decided on by the 20th."""
    dossier = investigated(runtime, "onduidelijk")
    fill(runtime, dossier, "2026-05-20 10:00", **READY)
    return dossier


def text_of(runtime: Runtime, dossier: str, when: str = "2026-05-21 10:00") -> str:
    return look(runtime, dossier, at(when)).dossier.drafts["antwoord"].content.text


def test_a_letter_is_written_from_what_the_dossier_holds() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    write(runtime, dossier, "2026-05-21 09:00")
    assert text_of(runtime, dossier) == (
        "Beste Peeters,\n\nWij weten het niet.\n\nWij leggen het uit.\n\n"
        "Tot donderdag 11 juni 2026 kunt u ons bellen.\n\nEls Verhaegen"
    )


def test_what_is_open_in_a_letter_is_filled_in_before_it_goes() -> None:
    runtime = with_letters()
    dossier = investigated(runtime, "onduidelijk")
    fill(runtime, dossier, "2026-05-20 10:00", antwoord_motivering="Zoals het rooster laat zien.")
    draft = write(runtime, dossier, "2026-05-21 09:00")
    assert said(lambda: post(runtime, dossier, draft, "2026-05-21 10:00")) == [
        "Deze brief is nog niet af. Vul aan: Wat beslissen wij?."
    ]


def test_sending_the_answer_reaches_its_milestone_on_that_day() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00")
    post(runtime, dossier, draft, "2026-05-22 10:00")
    opened = look(runtime, dossier, at("2026-05-22 11:00"))
    values = opened.dossier.values
    assert (values["antwoord_datum"], values["antwoord_wijze"], values["tweede_lijn_vermeld"]) == (
        "2026-05-22",
        "brief",
        True,
    )
    assert opened.decision.milestones["antwoord verstuurd"].reached
    assert opened.dossier.drafts == {}


def _only_by_letter(document: dict[str, Any]) -> None:
    add_letters(document)
    for name in ("antwoord_wijze", "antwoord_datum"):
        document["forms"]["dossier"]["properties"][name]["readOnly"] = True


def test_sending_fills_in_what_nobody_fills_in_by_hand() -> None:
    runtime = with_letters()
    publish_change(runtime, _only_by_letter, "2026-01-20 10:00")
    dossier = ready(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00")
    post(runtime, dossier, draft, "2026-05-22 10:00")
    values = look(runtime, dossier, at("2026-05-22 11:00")).dossier.values
    assert (values["antwoord_wijze"], values["antwoord_datum"]) == ("brief", "2026-05-22")


def test_by_hand_nobody_fills_in_what_only_a_letter_does() -> None:
    runtime = with_letters()
    publish_change(runtime, _only_by_letter, "2026-01-20 10:00")
    dossier = ready(runtime)
    (sentence,) = said(lambda: fill(runtime, dossier, "2026-05-21 09:00", antwoord_wijze="brief"))
    assert sentence == "Dit staat vast en kan niet meer gewijzigd worden."


def test_nobody_says_that_the_answer_was_sent_without_a_letter() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    sentences = said(
        lambda: fill(
            runtime, dossier, "2026-05-21 09:00",
            antwoord_wijze="brief", tweede_lijn_vermeld=True, antwoord_datum="2026-05-21",
        )
    )  # fmt: skip
    assert sentences == [
        "“Antwoord verstuurd” kan nog niet: verstuur eerst “Antwoord op de klacht”, bij Berichten in dit dossier."
    ]


def test_a_letter_that_was_changed_into_nothing_else_still_reaches_the_milestone_once() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00")
    post(runtime, dossier, draft, "2026-05-22 10:00")
    post(runtime, dossier, draft, "2026-05-22 10:01")
    events = look(runtime, dossier, at("2026-05-22 11:00")).events
    assert [one.kind for one in events].count(EventKind.LETTER_SENT) == 1


def test_a_second_letter_leaves_the_day_of_the_first_answer() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    post(runtime, dossier, write(runtime, dossier, "2026-05-21 09:00"), "2026-05-22 10:00")
    post(runtime, dossier, write(runtime, dossier, "2026-05-25 09:00", text="Nog dit."), "2026-05-25 10:00")
    opened = look(runtime, dossier, at("2026-05-25 11:00"))
    assert opened.dossier.values["antwoord_datum"] == "2026-05-22"
    assert [one.content.text for one in opened.dossier.letters][1] == "Nog dit."


def test_after_reopening_another_answer_is_owed() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    post(runtime, dossier, write(runtime, dossier, "2026-05-21 09:00"), "2026-05-22 10:00")
    closing = {"nazorg_nvt_reden": "geweigerd", "afsluitreden": "beantwoord"}
    fill(runtime, dossier, "2026-05-26 09:00", afgesloten_op="2026-05-26", **closing, reason="Zo gevraagd.")
    reopen(runtime, dossier, "Er zijn nieuwe feiten.", ELS, at("2026-06-02 09:00"))
    state = look(runtime, dossier, at("2026-06-02 10:00")).decision.milestones["antwoord verstuurd"]
    assert [one.id for one in state.unsent] == ["antwoord"]


def test_a_letter_with_what_is_not_so_any_more_is_read_again() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00")
    fill(runtime, dossier, "2026-05-21 12:00", besluit="Wij leggen het morgen uit.")
    (sentence,) = said(lambda: post(runtime, dossier, draft, "2026-05-22 10:00"))
    assert sentence.startswith("Sinds deze brief geschreven werd, is het dossier gewijzigd.")
    post(runtime, dossier, draft, "2026-05-22 10:05", read_again=True)


def test_two_who_write_the_same_letter_do_not_write_over_each_other() -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    first = write(runtime, dossier, "2026-05-21 09:00")
    write(runtime, dossier, "2026-05-21 09:30", text="Van Els.")
    with pytest.raises(OvertakenError) as overtaken:
        write(runtime, dossier, "2026-05-21 09:40", text="Van Ria.", seen=first)
    assert overtaken.value.by == "els"
    with pytest.raises(OvertakenError):
        post(runtime, dossier, first, "2026-05-21 10:00")
    assert text_of(runtime, dossier) == "Van Els."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  \n ", "Schrijf eerst iets in de brief en bij het onderwerp."),
        ("\u200b\u2060", "Schrijf eerst iets in de brief en bij het onderwerp."),
        ("x" * 50_001, "Deze brief is te lang: hoogstens 50000 tekens."),
    ],
)
def test_a_letter_says_something_and_not_too_much(text: str, sentence: str) -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    assert said(lambda: write(runtime, dossier, "2026-05-21 09:00", text=text)) == [sentence]


def test_what_a_complainant_wrote_makes_no_place_heading_or_spot_in_a_letter() -> None:
    runtime = with_letters()
    dossier = investigated(runtime, "onduidelijk")
    fill(
        runtime, dossier, "2026-05-20 10:00", antwoord_motivering="Zo.",
        besluit="# Kop\n[[open]] {klager_naam} {{ 7 * 7 }}",
    )  # fmt: skip
    write(runtime, dossier, "2026-05-21 09:00")
    assert "\n\nKop\n[open] {klager_naam} {{ 7 * 7 }}\n\n" in text_of(runtime, dossier)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("# # Kop", "Kop"),
        ("  #   Kop", "Kop"),
        ("[[[open]]]", "[open]"),
        ("[[[[open]]]]", "[open]"),
        ("]] en [[", "] en ["),
        ("Kamer #12", "Kamer #12"),
        ("- punt een\n* punt twee\n\u2022 punt drie", "\u2013 punt een\n\u2013 punt twee\n\u2013 punt drie"),
        ("# - punt", "\u2013 punt"),
    ],
)
def test_however_often_the_signs_are_written_they_mean_nothing_in_an_answer(answer: str, told: str) -> None:
    runtime = with_letters()
    dossier = investigated(runtime, "onduidelijk")
    fill(runtime, dossier, "2026-05-20 10:00", antwoord_motivering="Zo.", besluit=answer)
    write(runtime, dossier, "2026-05-21 09:00")
    assert f"\n\n{told}\n\n" in text_of(runtime, dossier)


# How it goes


def by_web(runtime: Runtime, **answers: object) -> str:
    dossier = open_by_web(runtime, "2026-05-12 14:00", **answers).dossier
    fill(
        runtime, dossier, "2026-05-13 09:00",
        onderwerp="Bel niet beantwoord", registratiedatum="2026-05-13",
    )  # fmt: skip
    return dossier


def test_a_letter_on_the_status_page_is_read_there_word_for_word() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    draft = write(runtime, dossier, "2026-05-14 09:00", letter="stand-van-zaken")
    post(runtime, dossier, draft, "2026-05-14 10:00", letter="stand-van-zaken", way="follow-page")
    (letter,) = follow(runtime, dossier, at("2026-05-14 11:00")).letters
    assert letter.content.text == "Beste,\n\nWij zijn ermee bezig."


def test_an_email_says_that_there_is_something_to_read_and_nothing_else() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    fill(
        runtime, dossier, "2026-05-20 09:00", **INVESTIGATED, gegrondheid="onduidelijk",
        gegrondheid_motivering="Het rooster is weg.", onderzoek_afgerond_op="2026-05-20", **READY,
    )  # fmt: skip
    draft = write(runtime, dossier, "2026-05-21 09:00")
    post(runtime, dossier, draft, "2026-05-21 10:00", way="email")
    with reading(runtime.store) as register:
        (message,) = [one for one in register.messages_of(dossier) if "/to-read/" in one.key]
    assert message.recipients == ("els@voorbeeld.be",)
    assert message.text == "U leest het op https://gehoor.example/volgen met uw code."
    assert look(runtime, dossier, at("2026-05-21 11:00")).dossier.values["antwoord_wijze"] == "email"


@pytest.mark.parametrize("way", ["email", "pigeon"])
def test_without_an_address_a_letter_goes_no_way_that_needs_one(way: str) -> None:
    runtime = with_letters()
    dossier = ready(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00")
    assert said(lambda: post(runtime, dossier, draft, "2026-05-21 10:00", way=way)) == [
        "Deze brief kan zo niet verstuurd worden."
    ]


def test_nothing_is_mailed_to_who_is_anonymous() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", anoniem=True)
    draft = write(runtime, dossier, "2026-05-14 10:00", letter="stand-van-zaken")
    sentences = said(
        lambda: post(runtime, dossier, draft, "2026-05-14 11:00", letter="stand-van-zaken", way="email")
    )
    assert sentences == ["Deze brief kan zo niet verstuurd worden."]


# Who


def test_a_letter_is_for_the_dossiers_that_were_agreed() -> None:
    runtime = with_letters()
    dossier = registered(runtime, type_bericht="opmerking")
    sentences = said(lambda: write(runtime, dossier, "2026-05-14 10:00"))
    assert sentences == ["Deze brief is niet (meer) voor dit dossier."]


def test_only_its_role_writes_and_sends_a_letter() -> None:
    runtime = with_letters()
    only = {**ANSWER, "by": ["kwaliteitscoordinator"]}
    publish_change(runtime, lambda document: add_letters(document, antwoord=only), "2026-01-20 10:00")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = ready(runtime)
    assert said(lambda: write(runtime, dossier, "2026-05-21 09:00", actor="ria")) == [
        "Deze brief verstuurt wie deze rol heeft: Kwaliteitscoördinator."
    ]
    draft = write(runtime, dossier, "2026-05-21 09:00", actor="els")
    said(lambda: post(runtime, dossier, draft, "2026-05-21 09:30", actor="ria"))
    post(runtime, dossier, draft, "2026-05-21 10:00", actor="els")


def test_who_may_not_write_messages_writes_no_letter() -> None:
    runtime = with_letters()

    def kept(document: dict[str, Any]) -> None:
        add_letters(document)
        document["rights"] = {**document.get("rights", {}), "write-messages": ["kwaliteitscoordinator"]}

    publish_change(runtime, kept, "2026-01-20 10:00")
    staff(runtime, "ria", "onthaal")
    dossier = ready(runtime)
    with pytest.raises(NotAllowedError):
        write(runtime, dossier, "2026-05-21 09:00", actor="ria")


def test_a_letter_with_an_answer_that_one_may_not_see_is_neither_written_nor_read() -> None:
    runtime = with_letters()

    def hidden(document: dict[str, Any]) -> None:
        add_letters(document)
        document["forms"]["dossier"]["properties"]["besluit"]["seen-by"] = ["kwaliteitscoordinator"]

    publish_change(runtime, hidden, "2026-01-20 10:00")
    staff(runtime, "ria", "onthaal")
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = investigated(runtime, "onduidelijk")
    fill(runtime, dossier, "2026-05-20 10:00", **READY, actor="els")
    said(lambda: write(runtime, dossier, "2026-05-21 09:00", actor="ria"))
    draft = write(runtime, dossier, "2026-05-21 09:00", actor="els")
    assert look(runtime, dossier, at("2026-05-21 09:30"), "ria").dossier.drafts == {}
    post(runtime, dossier, draft, "2026-05-21 10:00", actor="els")
    seen = look(runtime, dossier, at("2026-05-21 10:30"), "ria")
    assert seen.dossier.letters == ()
    assert {one.data["text"] for one in seen.events if one.kind is EventKind.LETTER_SENT} == {""}


def _for_the_accused(document: dict[str, Any]) -> None:
    """A letter only for dossiers about somebody who works here, which the desk may not know."""
    only = {**UPDATE, "applies-if": {"aangeklaagde_medewerkers": {"filled": True}}}
    add_letters(document, **{"stand-van-zaken": only})
    hidden = document["forms"]["dossier"]["properties"]["aangeklaagde_medewerkers"]
    hidden["seen-by"] = ["kwaliteitscoordinator"]


def test_that_there_is_a_letter_tells_nothing_of_what_one_may_not_see() -> None:
    runtime = with_letters()
    publish_change(runtime, _for_the_accused, "2026-01-20 10:00")
    for name, role in (("ria", "onthaal"), ("els", "kwaliteitscoordinator"), ("koen", "onthaal")):
        staff(runtime, name, role)
    dossier = registered(runtime)

    def names(who: str) -> list[str]:
        opened = look(runtime, dossier, at("2026-05-21 09:30"), who)
        letters = letters_of(opened.agreement, opened.dossier, opened.decision, opened.rights)
        return [one.template.id for one in letters]

    before = names("ria")
    fill(
        runtime,
        dossier,
        "2026-05-20 10:00",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["koen"],
    )
    assert names("ria") == before
    assert "stand-van-zaken" in names("els")
    sentences = said(
        lambda: write(runtime, dossier, "2026-05-21 09:00", letter="stand-van-zaken", actor="ria")
    )
    assert sentences == ["Deze brief is niet (meer) voor dit dossier."]
    write(runtime, dossier, "2026-05-21 09:00", letter="stand-van-zaken", actor="els")
    events = look(runtime, dossier, at("2026-05-21 10:30"), "ria").events
    assert {one.data["name"] for one in events if one.kind is EventKind.LETTER_DRAFTED} == {""}


@pytest.mark.parametrize("address", ["els@voorbeeld.be", None])
def test_whether_there_is_an_address_is_nothing_for_who_may_not_see_it(address: str | None) -> None:
    runtime = with_letters()

    def hidden(document: dict[str, Any]) -> None:
        add_letters(document)
        document["forms"]["dossier"]["properties"]["klager_email"]["seen-by"] = ["kwaliteitscoordinator"]

    publish_change(runtime, hidden, "2026-01-20 10:00")
    staff(runtime, "ria", "onthaal")
    dossier = by_web(runtime, klager_email=address, klager_telefoon="0470 12 34 56")
    draft = write(runtime, dossier, "2026-05-21 09:00", letter="stand-van-zaken", actor="ria")
    sent = {"letter": "stand-van-zaken", "way": "email", "actor": "ria"}
    assert said(lambda: post(runtime, dossier, draft, "2026-05-21 10:00", **sent)) == [
        "Deze brief kan zo niet verstuurd worden."
    ]


def test_whose_role_is_no_more_sends_no_letter_of_another_role() -> None:
    runtime = with_letters()
    only = {**ANSWER, "by": ["kwaliteitscoordinator"]}
    publish_change(runtime, lambda document: add_letters(document, antwoord=only), "2026-01-20 10:00")
    staff(runtime, "oud", "een-rol-van-vroeger")
    dossier = ready(runtime)
    with pytest.raises((UnknownDossierError, NotAllowedError)):
        write(runtime, dossier, "2026-05-21 09:00", actor="oud")


# Approval


def to_approve(runtime: Runtime) -> str:
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "marleen", "algemeen-directeur")
    dossier = registered(runtime)
    found = {**INVESTIGATED, "ernst": 4, "ernst_motivering": "Een breuk."}
    fill(
        runtime, dossier, "2026-05-20 09:00", **found, gegrondheid="onduidelijk", **READY,
        gegrondheid_motivering="Het rooster is weg.", onderzoek_afgerond_op="2026-05-20",
    )  # fmt: skip
    return dossier


def approval(runtime: Runtime, dossier: str, draft: int, when: str, actor: str = "marleen") -> None:
    (state,) = look(runtime, dossier, at(when)).decision.approvals
    approve(runtime, Approving(dossier, state.key, actor, draft=draft), at(when))


def test_what_is_approved_is_the_letter_as_it_was_read() -> None:
    runtime = with_letters()
    dossier = to_approve(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00", actor="els")
    assert said(lambda: approval(runtime, dossier, 0, "2026-05-21 10:00"))[0].startswith(
        "Hier wordt een brief goedgekeurd."
    )
    approval(runtime, dossier, draft, "2026-05-21 10:00")
    post(runtime, dossier, draft, "2026-05-21 11:00", actor="els")


def test_whoever_approves_a_letter_is_led_to_it() -> None:
    site = new_site("2026-05-21 10:00", with_letters())
    dossier = to_approve(site.runtime)
    home = f"/medewerker/dossiers/{dossier}"
    write(site.runtime, dossier, "2026-05-21 09:00", actor="els")
    marleen = site.staff("marleen", "algemeen-directeur")
    (link,) = [one for one in marleen.page(home).all("a") if one.text == "De brief lezen en goedkeuren"]
    assert link.attributes["href"] == f"{home}/brieven/antwoord/nakijken"
    assert marleen.page(home).all("form", action=f"{home}/goedkeuren") == []
    assert marleen.page(f"{home}/brieven/antwoord/nakijken").one("form", action=f"{home}/goedkeuren")


@pytest.mark.parametrize("who", [("els", "kwaliteitscoordinator"), ("marleen", "algemeen-directeur")])
def test_a_letter_that_was_approved_is_looked_at_and_names_who_approved(who: tuple[str, str]) -> None:
    site = new_site("2026-05-21 11:00", with_letters())
    dossier = to_approve(site.runtime)
    draft = write(site.runtime, dossier, "2026-05-21 09:00", actor="els")
    approval(site.runtime, dossier, draft, "2026-05-21 10:00")
    page = site.staff(*who).page(f"/medewerker/dossiers/{dossier}/brieven/antwoord/nakijken")
    assert "Goedgekeurd" in page.text
    assert "Marleen, 21 mei 2026" in page.text


def test_another_word_in_the_letter_undoes_the_approval() -> None:
    runtime = with_letters()
    dossier = to_approve(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00", actor="els")
    approval(runtime, dossier, draft, "2026-05-21 10:00")
    other = write(runtime, dossier, "2026-05-21 11:00", actor="els", text="Beste, u krijgt niets.")
    (sentence,) = said(lambda: post(runtime, dossier, other, "2026-05-21 12:00", actor="els"))
    assert "na de goedkeuring is er iets gewijzigd" in sentence


def test_who_wrote_the_letter_does_not_approve_it() -> None:
    runtime = with_letters()
    dossier = to_approve(runtime)
    draft = write(runtime, dossier, "2026-05-21 09:00", actor="marleen")
    assert said(lambda: approval(runtime, dossier, draft, "2026-05-21 10:00")) == [
        "U hebt hier zelf aan gewerkt. Iemand anders keurt dit goed."
    ]


def test_a_letter_that_reaches_nothing_fills_in_what_was_agreed() -> None:
    runtime = with_letters()
    told = {**UPDATE, "fill": {"feiten_tot": "today"}}
    publish_change(
        runtime, lambda document: add_letters(document, **{"stand-van-zaken": told}), "2026-01-20 10:00"
    )
    dossier = ready(runtime)
    draft = write(runtime, dossier, "2026-06-02 09:00", letter="stand-van-zaken")
    post(runtime, dossier, draft, "2026-06-03 09:00", letter="stand-van-zaken")
    assert look(runtime, dossier, at("2026-06-03 10:00")).dossier.values["feiten_tot"] == "2026-06-03"


# Languages

FRENCH = {
    **UPDATE,
    "translations": {"fr": {"subject": "Où nous en sommes"}},
    "text": [
        {"text": "Beste,", "translations": {"fr": "Bonjour,"}},
        {
            "text": "Op {ontvangstdatum} schreef u.",
            "translations": {"fr": "Le {ontvangstdatum}, {due antwoord}"},
        },
    ],
}


def in_french(document: dict[str, Any]) -> None:
    add_letters(document, **{"stand-van-zaken": FRENCH})
    document["organisation"]["languages"] = ["nl", "fr"]
    document["forms"]["dossier"]["properties"]["taal"] = {
        "title": "Taal", "type": "string", "default": "nl", "phase": "registratie", "personal-data": "P0",
        "oneOf": [{"const": "nl", "title": "Nederlands"}, {"const": "fr", "title": "Frans"}],
        "meaning": "language",
    }  # fmt: skip


def test_a_letter_is_in_the_language_in_which_somebody_told_it() -> None:
    runtime = with_letters()
    publish_change(runtime, in_french, "2026-01-20 10:00")
    given = {**MELDEN, "anoniem": "nee"}
    opening = Opening(ORGANISATION, "beukenhof", "melden", given, "key-in-french", language="fr")
    dossier = open_dossier(runtime, opening, at("2026-05-12 14:00")).dossier
    opened = look(runtime, dossier, at("2026-05-13 09:00"))
    template = opened.agreement.correspondence["stand-van-zaken"]
    assert opened.dossier.values["taal"] == "fr"
    assert begun_in(opened, template) == "fr"
    written = as_template_gives(runtime, opened, template, "fr", "Els", at("2026-05-13 09:00"))
    assert written.subject == "Où nous en sommes"
    assert written.text == "Bonjour,\n\nLe mardi 12 mai 2026, jeudi 11 juin 2026"


def test_a_letter_that_was_not_translated_is_in_the_first_language() -> None:
    runtime = with_letters()
    publish_change(runtime, in_french, "2026-01-20 10:00")
    opening = Opening(ORGANISATION, "beukenhof", "melden", dict(MELDEN), "key-in-french-2", language="fr")
    dossier = open_dossier(runtime, opening, at("2026-05-12 14:00")).dossier
    opened = look(runtime, dossier, at("2026-05-13 09:00"))
    assert begun_in(opened, opened.agreement.correspondence["antwoord"]) == "nl"


def test_a_language_that_no_field_knows_is_not_kept() -> None:
    runtime = with_letters()
    publish_change(runtime, in_french, "2026-01-20 10:00")
    opening = Opening(ORGANISATION, "beukenhof", "melden", dict(MELDEN), "key-in-greek", language="el")
    dossier = open_dossier(runtime, opening, at("2026-05-12 14:00")).dossier
    assert look(runtime, dossier, at("2026-05-13 09:00")).dossier.values["taal"] == "nl"


def test_who_gave_an_address_hears_that_a_message_is_there_to_read() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    write_back(runtime, dossier, "Kunt u ons bellen?", "message-1", at("2026-05-14 09:00"), ELS)
    write_back(runtime, dossier, "Kunt u ons bellen?", "message-1", at("2026-05-14 09:01"), ELS)
    with reading(runtime.store) as register:
        told = [one for one in register.messages_of(dossier) if "/to-read/" in one.key]
    assert [one.recipients for one in told] == [("els@voorbeeld.be",)]
    assert "bellen" not in told[0].text


def test_an_email_to_a_complainant_goes_to_them_whatever_accounts_have() -> None:
    runtime = with_letters()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = by_web(runtime)
    write_back(runtime, dossier, "Kunt u ons bellen?", "message-3", at("2026-05-14 09:00"), ELS)
    for address in ("els@voorbeeld.be", "elders@voorbeeld.be"):
        with writing(runtime.store) as register:
            before = register.account("els")
            assert before is not None
            register.save_account(replace(before, email=address))
            readdress(register, replace(before, email=address), before.email)
    with reading(runtime.store) as register:
        (told,) = [one for one in register.messages_of(dossier) if "/to-read/" in one.key]
        assert as_it_goes(runtime, register, told, at("2026-05-14 09:10")).recipients == ("els@voorbeeld.be",)
    assert told.recipients == ("els@voorbeeld.be",)


def _gone_out(runtime: Runtime, dossier: str, when: str) -> list[tuple[str, tuple[str, ...]]]:
    """Send what waits, and return what became of what goes to whoever told the dossier."""
    deliver(runtime, PaperPost(), lambda: at(when))
    with reading(runtime.store) as register:
        told = [one for one in register.messages_of(dossier) if "/to-read/" in one.key]
    return [(one.state, one.recipients) for one in told]


def test_an_email_goes_to_the_address_that_was_put_right_since() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    write_back(runtime, dossier, "Kunt u ons bellen?", "message-4", at("2026-05-14 09:00"), ELS)
    fill(runtime, dossier, "2026-05-14 09:05", klager_email="juist@voorbeeld.be")
    assert _gone_out(runtime, dossier, "2026-05-14 09:10") == [("sent", ("juist@voorbeeld.be",))]


def test_who_became_anonymous_since_gets_no_email_and_that_is_no_news() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    write_back(runtime, dossier, "Kunt u ons bellen?", "message-5", at("2026-05-14 09:00"), ELS)
    fill(runtime, dossier, "2026-05-14 09:05", anoniem=True)
    assert _gone_out(runtime, dossier, "2026-05-14 09:10") == [("moot", ())]
    with reading(runtime.store) as register:
        assert dossier not in [one.dossier for one in all_undelivered(register)]


def _told_staff(runtime: Runtime, dossier: str) -> int:
    with reading(runtime.store) as register:
        return sum("/written/" in one.key for one in register.messages_of(dossier))


def test_who_writes_and_writes_again_is_told_of_once_a_day_until_somebody_answers() -> None:
    runtime = with_letters()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = by_web(runtime)
    for minute in range(3):
        write_to_us(runtime, dossier, f"Nog iets: {minute}.", f"m{minute}", at(f"2026-05-14 09:0{minute}"))
    assert _told_staff(runtime, dossier) == 1
    write_to_us(runtime, dossier, "Hallo?", "next-day", at("2026-05-15 09:00"))
    assert _told_staff(runtime, dossier) == 2
    write_back(runtime, dossier, "Wij kijken het na.", "ours", at("2026-05-15 10:00"), ELS)
    write_to_us(runtime, dossier, "Dank u.", "thanks", at("2026-05-15 11:00"))
    assert _told_staff(runtime, dossier) == 3
    draft = write(runtime, dossier, "2026-05-15 12:00", letter="stand-van-zaken")
    post(runtime, dossier, draft, "2026-05-15 12:30", letter="stand-van-zaken")
    write_to_us(runtime, dossier, "Er is nu toch gevaar.", "danger", at("2026-05-15 13:00"))
    assert _told_staff(runtime, dossier) == 4, "a letter answered what came before"


def test_who_floods_a_conversation_keeps_nobody_from_answering() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    for number in range(200):
        write_to_us(runtime, dossier, f"Nog iets: {number}.", f"m{number}", at("2026-05-14 09:00"))
    with pytest.raises(TextRefusedError):
        write_to_us(runtime, dossier, "En nog iets.", "more", at("2026-05-14 09:00"))
    write_back(runtime, dossier, "Wij hebben alles gelezen.", "ours", at("2026-05-15 10:00"), ELS)


def test_who_wrote_to_us_is_not_told_so_by_email() -> None:
    runtime = with_letters()
    dossier = by_web(runtime)
    write_to_us(runtime, dossier, "Nog iets.", "message-2", at("2026-05-14 09:00"))
    with reading(runtime.store) as register:
        assert [one for one in register.messages_of(dossier) if "/to-read/" in one.key] == []
