"""Names of people who work here, and of others in the dossier, in a letter to somebody outside."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.correspondence import names
from gehoor.services.correspondence.names import Named, staff_named, without_names
from gehoor.services.ports.records import Account
from tests.support.de_linde import fill, investigated, publish_change
from tests.support.letters import add_letters, with_letters
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

TOM = Account("tom", "Tom Peeters", "tom@delinde.example", "", ())


@pytest.mark.parametrize(
    ("text", "addressed", "named"),
    [
        ("Beste Jan Peeters, wij kregen uw bericht.", "", True),
        ("Beste Jan Peeters, wij kregen uw bericht.", "Jan Peeters", False),
        ("Beste Peeters, wij kregen uw bericht.", "Peeters", False),
        ("Beste Jan Peeters, Tom Peeters belt u.", "Jan Peeters", True),
        ("Beste Jan Peeters, onze collega Peeters belt u.", "Jan Peeters", True),
        ("Beste, onze collega Peeters belt u.", "", True),
        ("Beste An Maes, wij bellen u.", "An Maes", False),
    ],
)
def test_the_family_name_of_who_gets_it_is_no_name_of_somebody_here(
    text: str, addressed: str, named: bool
) -> None:
    assert staff_named(text, [TOM], (), addressed) == ((TOM.full_name,) if named else ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Beste Greet Peeters,\n\nUw moeder werd laat geholpen.", False),
        ("Beste mevrouw Peeters,\n\nUw moeder werd laat geholpen.", False),
        ("Beste Greet Peeters,\n\nMevrouw Peeters werd laat geholpen.", True),
        ("Beste Greet Peeters, mevrouw Peeters werd laat geholpen.", True),
    ],
)
def test_whom_it_is_about_is_not_named_by_greeting_who_has_the_same_name(text: str, named: bool) -> None:
    about = [Named("Peeters", works_here=False)]
    told = without_names(text, about, "Greet Peeters", "een medewerker", "iemand")
    assert ("iemand" in told.lower()) is named


def form_of(page: Page, address: str) -> list[tuple[str, str]]:
    """Return what a browser sends of the form of a page that goes to an address."""
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "") == address]
    return page.form_data(form)


def with_people(document: dict[str, Any]) -> None:
    """With a field in which people stand who assist the complainant."""
    assisting = {"title": "Wie staat bij?", "type": "string", "phase": "registratie", "personal-data": "P1"}
    fields = document["forms"]["dossier"]["properties"]
    fields["bijstand_door"] = {**assisting, "names-people": True}
    add_letters(document)


def ready(text: str, **answers: Any) -> tuple[Site, Visitor, str]:
    """The site, who answers, and the page on which an answer with this text is looked over before it goes."""
    site = new_site("2026-05-21 09:00", with_letters())
    publish_change(site.runtime, with_people, "2026-05-01 09:00")
    site.add_staff("fatima benali", "onthaal")
    dossier = investigated(site.runtime, "onduidelijk")
    fill(
        site.runtime,
        dossier,
        "2026-05-20 10:00",
        besluit="Wij leggen het uit.",
        antwoord_motivering="Zo.",
        **answers,
    )
    els = site.staff("els", "kwaliteitscoordinator")
    kept = els.send(f"/medewerker/dossiers/{dossier}/brieven/antwoord", **{"brief-tekst": text})
    return site, els, kept.location


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("mevrouw Rosa Claes, haar buurvrouw", "Wij spraken met Rosa Claes."),
        ("mevrouw Rosa Claes, haar buurvrouw", "Mevrouw Claes bevestigde dat."),
        ("Jan en Rosa Claes", "Wij spraken met Rosa Claes."),
        ("rosa claes", "Wij spraken met Rosa Claes."),
        ("Rosa van den Bossche (vertrouwenspersoon)", "Ook Rosa Van den Bossche was erbij."),
    ],
)
def test_the_name_of_somebody_in_the_dossier_is_warned_about(told: str, text: str) -> None:
    _, els, check = ready(text, bijstand_door=told)
    assert "een naam uit het dossier:" in els.page(check).text


@pytest.mark.parametrize("told", ["een vertrouwenspersoon", "haar advocaat en een tolk", "Wij"])
def test_who_is_not_named_is_no_name(told: str) -> None:
    _, els, check = ready(
        "Wij spraken met haar advocaat, een tolk en een vertrouwenspersoon.", bijstand_door=told
    )
    assert "een naam uit het dossier" not in els.page(check).text


@pytest.mark.parametrize(
    "text", ["Het logboek toont dat niemand kwam.", "Wij lazen in het logboek wat er gebeurde."]
)
def test_a_word_that_only_begins_an_answer_is_no_name_where_it_has_no_capital(text: str) -> None:
    _, els, check = ready(text, bijstand_door="Logboek van de oproepbel")
    assert "een naam uit het dossier" not in els.page(check).text


def test_the_names_that_were_taken_out_are_put_back_as_they_were() -> None:
    _, els, check = ready("Wij spraken met Rosa Claes.", bijstand_door="mevrouw Rosa Claes")
    away, back = (check.replace("/nakijken", one) for one in ("/zonder-namen", "/namen-terug"))
    without = els.post(away, dict(form_of(els.page(check), away))).location
    els.post(back, dict(form_of(els.page(without), back)))
    assert "Wij spraken met Rosa Claes." in els.page(check).text


def test_the_names_are_taken_out_with_one_press() -> None:
    text = "Mevrouw Claes belde. Wij spraken met Rosa Claes, en verpleger Fatima Benali krijgt coaching."
    _, els, check = ready(text, bijstand_door="mevrouw Rosa Claes")
    page = els.page(check)
    assert page_faults(page) == []
    away = check.replace("/nakijken", "/zonder-namen")
    answer = els.post(away, dict(form_of(page, away)))
    after = els.page(answer.location)
    assert "Iemand belde. Wij spraken met iemand, en verpleger een medewerker krijgt coaching." in after.text
    assert "De namen zijn uit de brief gehaald." in after.text
    assert page_faults(after) == []


def test_in_a_french_letter_the_words_are_french() -> None:
    people = (Named("Rosa Claes", works_here=False), Named("Tom Peeters", works_here=True))
    text = "Madame Claes a parlé à Tom Peeters."
    assert (
        without_names(text, people, "", "un membre du personnel", "quelqu'un")
        == "Quelqu'un a parlé à un membre du personnel."
    )


@pytest.mark.parametrize(
    ("people", "text", "after"),
    [
        (
            [("Els Peeters", True), ("Mia Peeters", False)],
            "Wij spraken met mevrouw Peeters over uw melding.",
            "Wij spraken met iemand over uw melding.",
        ),
        (
            [("Els Peeters", True), ("Jan Peeters", True)],
            "Peeters was er, en Jan Peeters belde.",
            "Een medewerker was er, en een medewerker belde.",
        ),
        (
            [("Jan Peeters", False), ("Peeters Jan", False)],
            "Wij hoorden Jan Peeters Jan gisteren.",
            "Wij hoorden iemand gisteren.",
        ),
        (
            [("Peeters", False), ("Jan Peeters", True)],
            "Wij hoorden Jan Peeters gisteren.",
            "Wij hoorden een medewerker gisteren.",
        ),
    ],
)
def test_a_family_name_of_more_people_is_taken_out_once(
    people: list[tuple[str, bool]], text: str, after: str
) -> None:
    named = [Named(name, works_here) for name, works_here in people]
    assert without_names(text, named, "", "een medewerker", "iemand") == after


def test_a_letter_that_becomes_too_long_without_the_names_stays_as_it_was_and_says_so() -> None:
    _, els, check = ready(("Wij spraken met Fatima Benali. " * 2000)[:49_990])
    away = check.replace("/nakijken", "/zonder-namen")
    answer = els.post(away, dict(form_of(els.page(check), away)))
    assert answer.status_code == 422
    assert "te lang" in answer.text


def test_a_text_is_read_once_however_many_people_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text, read = "Wij spraken met Tom Peeters. " * 20, list[str]()
    found = names._tokens

    def counted(what: str) -> list[Any]:
        read.append(what)
        return found(what)

    monkeypatch.setattr(names, "_tokens", counted)
    people = [Account(f"a{one}", f"An{one} Claes{one}", "", "", ()) for one in range(50)]
    assert staff_named(text, [*people, TOM], ()) == (TOM.full_name,)
    assert read.count(text) == 1
