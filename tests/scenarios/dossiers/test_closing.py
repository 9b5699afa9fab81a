"""What a milestone asks holds at every later one, whatever the order; closing names all that stands before it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from gehoor.core.decision.model import Decision
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.notes import ContactMade, note_contact
from gehoor.services.dossiers.duties import Settling, finish, owe_again
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    PUBLISHED_ON,
    REGISTERED,
    de_linde,
    fill,
    open_by_web,
    publish_change,
    registered,
    staff,
)
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

ELS = Operator("els")
ANSWER: dict[str, Any] = {
    "antwoord_datum": "2026-05-18",
    "antwoord_wijze": "brief",
    "tweede_lijn_vermeld": "ja",
}
JUDGED: dict[str, Any] = {
    **INVESTIGATED,
    "gegrondheid": "gegrond",
    "gegrondheid_motivering": "Zoals het rooster laat zien.",
    "onderzoek_afgerond_op": "2026-05-20",
}
APOLOGY = {
    "verontschuldiging": ["schriftelijk"],
    "maatregelen_individueel_meegedeeld": "Mama staat nu eerst op de ronde.",
    "acties_structureel_meegedeeld": "Een extra ronde op zondag.",
}
PUT_RIGHT = {
    "geen_herstel_reden": "De bewoner wilde niets meer.",
    "geen_actie_reden": "Het was een uitzondering.",
}
RECEIVED = {"ontvangstmelding_op": "2026-05-15", "ontvangstmelding_wijze": "email"}
CARED_FOR = {
    "nazorg_contact_op": "2026-05-28",
    "nazorg_verhaal": "Mama is nu op tijd uit bed.",
    "afspraken_nagekomen": "ja",
}
CLOSE = {"afgesloten_op": "2026-06-01", "afsluitreden": "beantwoord"}
WHEN = "2026-06-01 09:00"


def answered_first(runtime: Runtime) -> str:
    """A complaint that was answered on 18 May and judged founded on the 20th."""
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-18 09:00", **ANSWER)
    fill(runtime, dossier, "2026-05-20 09:00", **JUDGED)
    return dossier


def refused(runtime: Runtime, dossier: str, when: str = WHEN, **answers: Any) -> Counter[tuple[str, str]]:
    with pytest.raises(RefusedError) as refusal:
        fill(runtime, dossier, when, **answers)
    return Counter((one.field, one.code) for one in refusal.value.objections)


def decision(runtime: Runtime, dossier: str) -> Decision:
    return look(runtime, dossier, at(WHEN)).decision


def test_an_answer_before_the_judgement_is_no_way_round_the_apology() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    missing = refused(runtime, dossier, **CLOSE, **RECEIVED, **PUT_RIGHT, **CARED_FOR)
    assert missing == Counter((name, "required-before") for name in APOLOGY)
    fill(runtime, dossier, WHEN, **CLOSE, **RECEIVED, **PUT_RIGHT, **CARED_FOR, **APOLOGY)
    assert decision(runtime, dossier).closed


def test_a_judgement_that_is_turned_afterwards_asks_what_it_then_asks() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-20 09:00", **{**JUDGED, "gegrondheid": "onduidelijk"})
    fill(runtime, dossier, "2026-05-20 10:00", **{**ANSWER, "antwoord_datum": "2026-05-20"})
    fill(runtime, dossier, "2026-05-21 09:00", gegrondheid="gegrond")
    missing = refused(runtime, dossier, **CLOSE, **RECEIVED, **PUT_RIGHT, **CARED_FOR)
    assert missing == Counter((name, "required-before") for name in APOLOGY)


def test_it_is_asked_at_the_next_milestone_already() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    missing = refused(runtime, dossier, **CARED_FOR)
    assert missing == Counter((name, "required-before") for name in APOLOGY)


def test_what_a_milestone_asks_that_is_never_reached_is_not_asked_later() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-20 09:00", **JUDGED)
    withdrawn = {"geen_antwoord_reden": "ingetrokken", "reason": "Zij trok de klacht in."}
    fill(runtime, dossier, WHEN, **CLOSE, **PUT_RIGHT, **withdrawn)
    assert decision(runtime, dossier).closed


def test_a_duty_is_owed_at_closing_though_its_milestone_was_never_reached() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-20 09:00", **{**JUDGED, "nadeel_schade": ["lichamelijk"]})
    closing = {**CLOSE, **PUT_RIGHT, "geen_antwoord_reden": "ingetrokken", "reason": "Zij trok de klacht in."}
    assert refused(runtime, dossier, **closing) == Counter({("afgesloten_op", "duty-owed"): 1})
    (duty,) = decision(runtime, dossier).duties
    finish(runtime, Settling(dossier, duty.owed.key, ELS), at(WHEN))
    fill(runtime, dossier, WHEN, **closing)
    assert decision(runtime, dossier).closed


@pytest.mark.parametrize(
    "answered",
    [
        lambda runtime, dossier: write_back(
            runtime, dossier, "Wij bellen u.", "b", at("2026-05-30 10:00"), ELS
        ),
        lambda runtime, dossier: note_contact(
            runtime,
            ContactMade(
                dossier,
                date(2026, 5, 30),
                "Els Peeters",
                "phone",
                True,
                True,
                "Alles is duidelijk.",
                "c",
                ELS,
                answers=True,
            ),
            at("2026-05-30 10:00"),
        ),
    ],
)
def test_a_dossier_does_not_close_over_a_message_that_nobody_answered(answered: Any) -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    fill(
        runtime,
        dossier,
        "2026-05-13 09:00",
        **REGISTERED,
        type_bericht="opmerking",
        registratiedatum="2026-05-13",
    )
    write_to_us(runtime, dossier, "Ik hoor niets meer.", "w", at("2026-05-29 20:00"))
    closing = {"afgesloten_op": "2026-06-01", "afsluitreden": "beantwoord"}
    assert refused(runtime, dossier, **closing)["afgesloten_op", "closes-unanswered"] == 1
    answered(runtime, dossier)
    assert refused(runtime, dossier, **closing)["afgesloten_op", "closes-unanswered"] == 0


def test_a_message_stays_unanswered_only_with_a_reason() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    fill(runtime, dossier, "2026-05-29 09:00", **RECEIVED, **PUT_RIGHT, **APOLOGY)
    write_to_us(runtime, dossier, "Dank u wel.", "w", at("2026-05-29 20:00"))
    fill(runtime, dossier, WHEN, **CLOSE, reason="Een bedanking, en de familie wil geen contact meer.")
    told = look(runtime, dossier, at(WHEN))
    assert told.decision.closed
    assert told.events[-1].data["why"] == "Een bedanking, en de familie wil geen contact meer."


def test_closing_cancels_no_aftercare_without_a_reason() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    closing = {**CLOSE, **RECEIVED, **PUT_RIGHT, **APOLOGY}
    assert refused(runtime, dossier, **closing) == Counter({("afgesloten_op", "ends-undone"): 1})
    fill(runtime, dossier, WHEN, **closing, reason="De familie wil geen contact meer.")
    data = look(runtime, dossier, at(WHEN)).events[-1].data
    assert (data["undone"], data["why"]) == (["nazorg"], "De familie wil geen contact meer.")


def _approval_of_the_answer(document: dict[str, Any]) -> None:
    asked = {"approval": "algemeen-directeur", "before": "antwoord verstuurd"}
    document["rules"] = {
        "nalezen": {"if": {"type_bericht": "klacht"}, "then": [asked], "because": "Wij lezen elkaar na."}
    }


def _without_an_answer() -> tuple[Runtime, str]:
    runtime = de_linde()
    publish_change(runtime, _approval_of_the_answer, PUBLISHED_ON.strftime("%Y-%m-%d 11:30"))
    return runtime, registered(runtime)


def test_closing_with_a_reason_keeps_which_steps_it_passed_over() -> None:
    runtime, dossier = _without_an_answer()
    fill(runtime, dossier, WHEN, **CLOSE, **RECEIVED, reason="De melder trok zich terug.")
    closed = look(runtime, dossier, at(WHEN))
    event = next(one for one in closed.events if "skipped" in one.data)
    assert (event.data["skipped"], event.data["why"]) == (
        ["antwoord verstuurd", "nazorg gedaan"],
        "De melder trok zich terug.",
    )
    told = dict(DUTCH.events.text(closed.agreement, event).details)
    assert told["Afgesloten zonder"].startswith("Antwoord verstuurd; ")


def test_before_closing_it_is_told_which_steps_would_be_passed_over_and_what_they_ask() -> None:
    runtime, dossier = _without_an_answer()
    page = new_site(WHEN, runtime).staff("els", "kwaliteitscoordinator").page(f"{page_of(dossier)}/afsluiten")
    assert "Wat niet meer gevraagd wordt als u nu afsluit" in page.text
    assert "Goedkeuring: Algemeen directeur" in page.text
    assert page_faults(page) == []


def test_what_is_answered_after_reopening_is_answered_anew_before_it_closes_again() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    fill(runtime, dossier, WHEN, **CLOSE, **RECEIVED, **PUT_RIGHT, **APOLOGY, **CARED_FOR)
    reopen(runtime, dossier, "Zij komen terug.", ELS, at("2026-06-02 09:00"))
    again = {**CLOSE, "afgesloten_op": "2026-06-05"}
    found = refused(runtime, dossier, "2026-06-05 09:00", **again)
    assert found == Counter({("afgesloten_op", "ends-undone"): 1})
    fill(runtime, dossier, "2026-06-05 09:00", antwoord_datum="2026-06-05")
    fill(runtime, dossier, "2026-06-05 10:00", **again)


def test_a_closed_dossier_does_not_come_to_owe_anything() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-20 09:00", **{**JUDGED, "gegrondheid": "onduidelijk"})
    fill(runtime, dossier, "2026-05-20 10:00", **{**ANSWER, "antwoord_datum": "2026-05-20"})
    fill(runtime, dossier, WHEN, **CLOSE, **RECEIVED, **CARED_FOR)
    asked = refused(runtime, dossier, gegrondheid="gegrond")
    wanted = {*APOLOGY, "herstelmaatregelen", "verbeteracties"}
    assert asked == Counter((name, "required-before") for name in wanted)
    fill(runtime, dossier, WHEN, tevreden_afhandeling=4)


def test_what_closed_it_is_not_emptied_it_is_opened_again() -> None:
    runtime = de_linde()
    dossier = answered_first(runtime)
    fill(runtime, dossier, WHEN, **CLOSE, **RECEIVED, **PUT_RIGHT, **APOLOGY, **CARED_FOR)
    assert refused(runtime, dossier, afgesloten_op=None) == Counter({("afgesloten_op", "closed-first"): 1})
    assert decision(runtime, dossier).closed


def test_a_duty_of_a_closed_dossier_is_not_owed_again_before_it_is_opened_again() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-20 09:00", **{**JUDGED, "nadeel_schade": ["lichamelijk"]})
    (duty,) = decision(runtime, dossier).duties
    finish(runtime, Settling(dossier, duty.owed.key, ELS), at(WHEN))
    closing = {**CLOSE, **PUT_RIGHT, "geen_antwoord_reden": "ingetrokken"}
    fill(runtime, dossier, WHEN, **closing, reason="Zij trok de klacht in.")
    with pytest.raises(RefusedError) as refusal:
        owe_again(runtime, Settling(dossier, duty.owed.key, ELS, "Het was niet zo."), at(WHEN))
    assert [one.code for one in refusal.value.objections] == ["closed-first"]


def test_an_answer_before_it_turned_out_serious_is_approved_before_closing() -> None:
    runtime = de_linde()
    staff(runtime, "dirk", "algemeen-directeur")
    dossier = answered_first(runtime)
    fill(runtime, dossier, "2026-05-22 09:00", ernst=5, ernst_motivering="De bewoner viel.")
    assert [one.kind for one in look(runtime, dossier, at(WHEN)).events][-1] == "approval-asked"
    found = refused(runtime, dossier, **CLOSE, **RECEIVED, **PUT_RIGHT, **APOLOGY, **CARED_FOR)
    assert set(found) == {("nazorg_contact_op", "approval-needed"), ("afgesloten_op", "approval-needed")}


# All of it is named


def everything(runtime: Runtime) -> str:
    """A founded complaint with an injury, answered before it was judged: nothing else was done."""
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-18 09:00", **ANSWER)
    measure = {"type": "schadeloosstelling", "omschrijving": "Een tegoedbon."}
    found = {**JUDGED, "nadeel_schade": ["lichamelijk"], "herstelmaatregelen": [measure]}
    fill(runtime, dossier, "2026-05-20 09:00", **found)
    return dossier


def test_closing_names_all_that_stands_before_it() -> None:
    runtime = de_linde()
    found = refused(runtime, everything(runtime), **CLOSE)
    assert found == Counter(
        {
            **{(name, "required-before"): 1 for name in (*APOLOGY, "verbeteracties")},
            ("afgesloten_op", "blocked"): 2,
            ("afgesloten_op", "duty-owed"): 1,
            ("afgesloten_op", "ends-undone"): 2,
        }
    )


def page_of(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def site_with_everything() -> tuple[Site, str]:
    site = new_site(WHEN)
    return site, everything(site.runtime)


def test_the_page_says_beforehand_what_stands_before_closing_with_links() -> None:
    site, dossier = site_with_everything()
    els = site.staff("els", "kwaliteitscoordinator")
    for room in ("", "/overzicht"):
        way = els.page(f"{page_of(dossier)}{room}").by_id("afsluiten")
        assert way.text == "Nog 9 zaken nodig om af te sluiten"
    page = els.page(way.attributes["href"])
    for what in (
        "Verontschuldiging",
        "De verzekeraar verwittigen",
        "Nazorg (uiterlijk",
        "hoeveel er betaald is",
    ):
        assert what in page.text
    home, places = page_of(dossier), {link.attributes["href"] for link in page.all("a")}
    assert {
        f"{home}#v_verontschuldiging",
        f"{home}#v_herstelmaatregelen-0-bedrag",
    } <= places
    assert "Dossier afsluiten</button>" not in page.html
    assert page_faults(page) == []


def test_the_page_for_closing_shows_again_what_was_asked_and_settles_what_is_owed() -> None:
    def wished(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["gewenste_uitkomst"]["meaning"] = "wish"

    site = new_site(WHEN)
    publish_change(site.runtime, wished, "2026-05-01 09:00")
    dossier = everything(site.runtime)
    fill(site.runtime, dossier, WHEN, gewenste_uitkomst=["uitleg"])
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(f"{page_of(dossier)}/afsluiten")
    asked = page.one("section", **{"aria-labelledby": "gevraagd"}).text
    assert "Wat wil de klager bereiken? Uitleg" in asked
    (form,) = [
        one for one in page.all("form") if one.attributes.get("action", "").endswith("/plichten/gedaan")
    ]
    answer = els.post(form.attributes["action"], dict(page.form_data(form)))
    assert answer.location.startswith(f"{page_of(dossier)}/afsluiten?bewaard=")
    after = els.page(answer.location)
    assert after.one("p", class_="saved").text == "Gedaan: De verzekeraar verwittigen."
    assert "De verzekeraar verwittigen" not in after.one("section", **{"aria-labelledby": "beloofd"}).text


def test_once_nothing_stands_before_it_one_press_closes_the_dossier() -> None:
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    els = site.staff("els", "kwaliteitscoordinator")
    done = {**RECEIVED, **PUT_RIGHT, **CARED_FOR, **APOLOGY, "afsluitreden": "beantwoord"}
    fill(site.runtime, dossier, WHEN, **done)
    page = els.page(f"{page_of(dossier)}/afsluiten")
    assert page_faults(page) == []
    (form,) = [one for one in page.all("form") if one.attributes.get("action") == page_of(dossier)]
    pressed = {**dict(page.form_data(form)), "afronden": "afgesloten_op"}
    assert els.post(page_of(dossier), pressed).status_code == 303
    assert decision(site.runtime, dossier).closed
    assert "Dit dossier is afgesloten." in els.page(f"{page_of(dossier)}/afsluiten").text


def test_what_only_runs_on_can_be_closed_with_a_reason_from_the_page() -> None:
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    els = site.staff("els", "kwaliteitscoordinator")
    fill(site.runtime, dossier, WHEN, **RECEIVED, **PUT_RIGHT, **APOLOGY, afsluitreden="beantwoord")
    page = els.page(f"{page_of(dossier)}/afsluiten")
    assert page_faults(page) == []
    (form,) = [one for one in page.all("form") if one.attributes.get("action") == page_of(dossier)]
    pressed = {**dict(page.form_data(form)), "afronden": "afgesloten_op"}
    asked = els.post(page_of(dossier), pressed)
    assert asked.status_code == 422
    assert "Nazorg\u201d loopt nog" in Page(asked.text).text
    assert Page(asked.text).by_id("reden").tag == "textarea"
    assert (
        els.resend(
            page_of(dossier), Page(asked.text), reden="Zij belt zelf.", afronden="afgesloten_op"
        ).status_code
        == 303
    )
    assert decision(site.runtime, dossier).closed


def test_when_tried_the_page_names_all_of_it_and_loses_nothing() -> None:
    site, dossier = site_with_everything()
    typed = {f"v_{name}": value for name, value in CLOSE.items()}
    answer = site.staff("els", "kwaliteitscoordinator").send(page_of(dossier), **typed)
    page = Page(answer.text)
    assert answer.status_code == 422
    for sentence in (
        "De verzekeraar verwittigen” moet eerst gedaan zijn",
        "hoeveel er betaald is",
        "elke herstelmaatregel uitgevoerd is",
        "Nazorg” loopt nog",
        "Ontvangstmelding versturen” loopt nog",
    ):
        assert sentence in page.by_id("v_afgesloten_op-fout").text
    assert page.value("v_afgesloten_op") == "2026-06-01"
    assert page_faults(page) == []


def test_the_page_asks_the_reason_and_comes_back_with_everything() -> None:
    site = new_site("2026-05-22 09:00")
    dossier = registered(site.runtime, "2026-05-13 09:00")
    els = site.staff("els", "kwaliteitscoordinator")
    typed = {"v_ontvangstdatum": "2026-05-21", "v_gewenste_uitkomst": ["uitleg"]}
    typed["v_registratiedatum"] = "2026-05-22"
    first = els.send(page_of(dossier), **typed)
    page = Page(first.text)
    assert first.status_code == 422
    assert "niet meer te zien" in page.by_id("v_ontvangstdatum-fout").text
    assert "#reden" in {link.attributes.get("href") for link in page.all("a")}
    assert page_faults(page) == []
    again = els.resend(page_of(dossier), page, reden="De brief kwam pas toen.")
    assert again.status_code == 303
    kept = look(site.runtime, dossier, site.clock()).dossier.values
    assert (kept["ontvangstdatum"], kept["gewenste_uitkomst"]) == ("2026-05-21", ["uitleg"])


def test_the_button_beside_the_reason_closes_what_was_refused() -> None:
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    fill(
        site.runtime,
        dossier,
        "2026-05-29 09:00",
        **RECEIVED,
        **PUT_RIGHT,
        **APOLOGY,
        afsluitreden="beantwoord",
    )
    els = site.staff("els", "kwaliteitscoordinator")
    refused_page = els.send(page_of(dossier), afronden="afgesloten_op")
    page = Page(refused_page.text)
    assert refused_page.status_code == 422
    (beside,) = [one for one in page.all("button", name="afronden") if one.inside("div")][:1]
    assert beside.attributes["value"] == "afgesloten_op"
    again = els.resend(
        page_of(dossier), page, reden="De familie wil geen contact meer.", afronden="afgesloten_op"
    )
    assert again.status_code == 303
    assert decision(site.runtime, dossier).closed


def test_the_address_of_a_refused_page_leads_to_what_is_wrong() -> None:
    """Without an address of its own a form goes to where the page stood: a phase, far below what is wrong."""
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    page = site.staff("els", "kwaliteitscoordinator").page(page_of(dossier))
    assert page.one("form", class_="sheet").attributes["action"] == page_of(dossier)


def test_a_phase_says_what_earlier_milestones_left_to_its_end() -> None:
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    page = site.staff("els", "kwaliteitscoordinator").page(page_of(dossier))
    assert "Verontschuldiging" in page.by_id("fase-nazorg").text
    assert page_faults(page) == []


def test_what_closes_comes_after_milestones_that_a_department_adds() -> None:
    def called_back(document: dict[str, Any]) -> None:
        fields = document["forms"]["dossier"]["properties"]
        fields["teruggebeld_op"] = {
            "title": "Teruggebeld op", "type": "string", "format": "date", "phase": "antwoord", "personal-data": "P0",
        }  # fmt: skip
        document["milestones"]["teruggebeld"] = {"name": "Teruggebeld", "field": "teruggebeld_op"}
        document["rules"]["gesprek-genoteerd"] = {
            "if": {"gegrondheid": "gegrond"},
            "then": [{"require": "antwoord_motivering", "before": "teruggebeld"}],
            "because": "Wat wij aan de telefoon zeiden, schrijven wij op.",
        }

    runtime = de_linde()
    publish_change(runtime, called_back, "2026-02-01 09:00")
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-18 09:00", teruggebeld_op="2026-05-18")
    fill(runtime, dossier, "2026-05-20 09:00", **JUDGED)
    withdrawn = {"geen_antwoord_reden": "ingetrokken", "reason": "Zij trok de klacht in."}
    found = refused(runtime, dossier, **CLOSE, **PUT_RIGHT, **withdrawn)
    assert found == Counter({("antwoord_motivering", "required-before"): 1})
