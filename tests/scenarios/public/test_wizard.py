"""Telling the story one question at a time: forward, back, reload, and nothing lost or kept too long."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from gehoor.services.dossiers.viewing import look
from gehoor.services.intake import unsent_forms as unsent
from gehoor.services.intake.unsent_forms import SAVED, UNTOUCHED
from gehoor.services.jobs.sweep import sweep
from gehoor.web.public.receipts import LASTS
from tests.support.de_linde import STORY, publish_change
from tests.support.pages import Page, page_faults
from tests.support.pictures import photo
from tests.support.site import Site, Visitor, new_site

FORM = "/de-linde/beukenhof/melden"
ON, SKIP, BACK, SAVE = "verder", "overslaan", "terug", "bewaren"


def question(name: str) -> str:
    return f"{FORM}/vraag/{name}"


CHECK = f"{FORM}/nakijken"


def answer(visitor: Visitor, name: str, how: str = ON, **typed: Any) -> TestResponse:
    return visitor.send(question(name), verder=how, **{f"v_{key}": value for key, value in typed.items()})


@pytest.mark.parametrize("path", [FORM, f"{FORM}/alles", question("uiteenzetting")])
def test_whom_to_call_in_danger_stands_on_every_page_of_the_form(path: str) -> None:
    page = new_site("2026-05-13 09:00").visitor().page(path)
    assert [one.text for one in page.all("a", href="tel:112")] == ["112"]
    assert page_faults(page) == []


def test_where_whom_to_call_stands_above_it_stands_there_only() -> None:
    page = new_site("2026-05-13 09:00").visitor().page("/de-linde/beukenhof/")
    assert len(page.all("a", href="tel:112")) == 1


def to_the_check(visitor: Visitor, anonymous: str = "ja") -> None:
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    answer(visitor, "aangeklaagde_dienst", SKIP)
    answer(visitor, "gewenste_uitkomst", gewenste_uitkomst=["uitleg"])
    answer(visitor, "bijlagen", SKIP)
    answer(visitor, "anoniem", anoniem=anonymous)
    if anonymous == "nee":
        answer(visitor, "klager_naam", klager_naam="Els Peeters", klager_email="els@voorbeeld.be")
    assert answer(visitor, "ondersteuning_nodig", SKIP).location == CHECK


def kept(site: Site) -> int:
    with site.runtime.store.snapshot() as tables:
        return tables.count("unsent")


def dossiers(site: Site) -> int:
    with site.runtime.store.snapshot() as tables:
        return tables.count("events", where={"sequence": 1})


def test_the_form_begins_with_what_it_will_ask_and_other_ways_to_tell() -> None:
    page = new_site().visitor().page(FORM)
    assert "op hoogstens 7 bladzijden" in page.text
    links = [link.attributes["href"] for link in page.all("a")]
    assert {question("uiteenzetting"), f"{FORM}/alles", "/verder"} <= set(links)
    assert page_faults(page) == []


def test_looking_keeps_nothing() -> None:
    site = new_site()
    visitor = site.visitor()
    visitor.page(FORM)
    visitor.page(question("uiteenzetting"))
    assert kept(site) == 0


def test_a_question_has_its_own_page_that_says_how_far_it_is() -> None:
    page = new_site().visitor().page(question("uiteenzetting"))
    assert page.title.startswith("Vraag 1 van 7: Wat is er gebeurd?")
    assert page.all("textarea", name="v_uiteenzetting")
    assert not page.all("input", name="v_anoniem")
    assert page_faults(page) == []


def test_an_answer_leads_to_the_next_question() -> None:
    visitor = new_site().visitor()
    done = answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    assert (done.status_code, done.location) == (303, question("aangeklaagde_dienst"))


def test_going_back_shows_what_was_typed_also_on_the_page_that_was_left() -> None:
    visitor = new_site().visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    assert answer(visitor, "aangeklaagde_dienst", BACK, aangeklaagde_dienst="De keuken").location == question(
        "uiteenzetting"
    )
    assert visitor.page(question("uiteenzetting")).value("v_uiteenzetting") == STORY
    assert visitor.page(question("aangeklaagde_dienst")).value("v_aangeklaagde_dienst") == "De keuken"


def test_reloading_a_question_loses_nothing() -> None:
    visitor = new_site().visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    for _ in range(2):
        assert visitor.page(question("uiteenzetting")).value("v_uiteenzetting") == STORY


def test_what_must_be_answered_is_refused_on_its_own_page_and_cannot_be_skipped() -> None:
    visitor = new_site().visitor()
    refused = answer(visitor, "uiteenzetting")
    page = Page(refused.text)
    assert refused.status_code == 422
    assert page.title.startswith("Fout: Vraag 1 van 7")
    assert [link.attributes["href"] for link in page.all("a") if "#v_" in link.attributes["href"]] == [
        "#v_uiteenzetting"
    ]
    assert "Weet ik niet" not in page.text
    assert answer(visitor, "uiteenzetting", SKIP).status_code == 422
    assert page_faults(page) == []


def test_what_may_stay_empty_can_be_skipped() -> None:
    visitor = new_site().visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    assert "Weet ik niet" in visitor.page(question("aangeklaagde_dienst")).text
    skipped = answer(visitor, "aangeklaagde_dienst", SKIP, aangeklaagde_dienst="toch iets")
    assert skipped.location == question("gewenste_uitkomst")
    assert visitor.page(question("aangeklaagde_dienst")).value("v_aangeklaagde_dienst") == ""


def test_who_stays_anonymous_is_not_asked_for_a_name() -> None:
    visitor = new_site().visitor()
    to_the_check(visitor)
    page = visitor.page(CHECK)
    assert "Uw naam" not in page.text
    assert visitor.get(question("klager_naam")).location == CHECK


def test_who_does_not_is_asked_how_to_reach_them_on_one_page() -> None:
    visitor = new_site().visitor()
    for name, typed in (("uiteenzetting", STORY), ("aangeklaagde_dienst", "")):
        answer(visitor, name, **{name: typed})
    answer(visitor, "gewenste_uitkomst", SKIP)
    answer(visitor, "bijlagen", SKIP)
    assert answer(visitor, "anoniem", anoniem="nee").location == question("klager_naam")
    page = visitor.page(question("klager_naam"))
    assert page.one("h1").text == "Hoe bereiken wij u?"
    assert page.title.startswith("Vraag 6 van 7")
    assert "Overslaan" not in page.text
    refused = answer(visitor, "klager_naam", klager_naam="Els")
    assert refused.status_code == 422
    assert "Geef een e-mail of een telefoonnummer" in refused.text
    assert page_faults(Page(refused.text)) == []


def test_what_opening_needs_is_asked_at_its_own_step() -> None:
    visitor = new_site().visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    for skipped in ("aangeklaagde_dienst", "gewenste_uitkomst", "bijlagen"):
        answer(visitor, skipped, SKIP)
    answer(visitor, "anoniem", anoniem="nee")
    page = visitor.page(question("klager_naam"))
    assert "required" in page.by_id("v_klager_naam").attributes, "and not: may stay empty"
    refused = answer(visitor, "klager_naam", klager_email="els@voorbeeld.be")
    assert refused.status_code == 422
    assert "Uw naam" in Page(refused.text).one("div", class_="summary").text


def test_nobody_gets_ahead_of_what_was_not_asked_yet() -> None:
    visitor = new_site().visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    assert visitor.get(question("anoniem")).location == question("aangeklaagde_dienst")
    assert visitor.get(CHECK).location == question("aangeklaagde_dienst")


def test_a_later_question_without_what_was_before_leads_to_the_beginning() -> None:
    visitor = new_site().visitor()
    assert visitor.get(question("anoniem")).location == f"{FORM}?weg=1"
    assert "is er niet meer" in visitor.page(f"{FORM}?weg=1").text
    assert visitor.get(question("nergens")).location == f"{FORM}?weg=1"


def test_all_answers_are_shown_before_sending_each_with_a_way_to_change_it() -> None:
    visitor = new_site().visitor()
    to_the_check(visitor)
    page = visitor.page(CHECK)
    assert page.one("h1").text == "Kijk uw antwoorden na"
    assert STORY in page.text
    changes = [link.attributes["href"] for link in page.all("a") if link.text.startswith("Wijzig")]
    assert changes[0] == f"{question('uiteenzetting')}?na=nakijken"
    assert len(changes) == 6
    assert page_faults(page) == []


def test_changing_an_answer_leads_back_to_the_check() -> None:
    visitor = new_site().visitor()
    to_the_check(visitor)
    changed = visitor.send(
        f"{question('uiteenzetting')}?na=nakijken", verder=ON, v_uiteenzetting="Iets anders."
    )
    assert changed.location == CHECK
    assert "Iets anders." in visitor.page(CHECK).text


def test_a_change_that_brings_a_question_asks_it_first() -> None:
    visitor = new_site().visitor()
    to_the_check(visitor)
    changed = visitor.send(f"{question('anoniem')}?na=nakijken", verder=ON, v_anoniem="nee")
    assert changed.location == question("klager_naam")
    assert visitor.get(CHECK).location == question("klager_naam")


def test_what_is_sent_is_a_dossier_and_nothing_of_the_way_is_kept() -> None:
    site = new_site()
    visitor = site.visitor()
    to_the_check(visitor, "nee")
    assert kept(site) == 1
    sent = visitor.send(CHECK)
    assert (sent.status_code, sent.location) == (303, "/de-linde/beukenhof/ontvangen")
    values = look(site.runtime, "dossier-1", site.clock()).dossier.values
    assert (values["uiteenzetting"], values["klager_email"]) == (STORY, "els@voorbeeld.be")
    assert kept(site) == 0
    assert visitor.get(CHECK).location == "/de-linde/beukenhof/ontvangen"
    site.clock.now += LASTS
    assert visitor.get(CHECK).location == f"{FORM}?weg=1"


def test_what_was_hidden_by_a_later_answer_is_not_sent() -> None:
    site = new_site()
    visitor = site.visitor()
    to_the_check(visitor, "nee")
    visitor.send(f"{question('anoniem')}?na=nakijken", verder=ON, v_anoniem="ja")
    visitor.send(CHECK)
    assert "klager_naam" not in look(site.runtime, "dossier-1", site.clock()).dossier.values


def test_sending_twice_is_one_dossier_with_the_same_code() -> None:
    site = new_site()
    visitor = site.visitor()
    to_the_check(visitor)
    page = visitor.page(CHECK)
    visitor.resend(CHECK, page)
    first = Page(visitor.get("/de-linde/beukenhof/ontvangen").text).one("strong", class_="code").text
    again = visitor.resend(CHECK, page)
    second = Page(visitor.get(again.location).text).one("strong", class_="code").text
    assert (dossiers(site), first) == (1, second)


def test_a_file_comes_with_its_own_question() -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    answer(visitor, "aangeklaagde_dienst", SKIP)
    answer(visitor, "gewenste_uitkomst", SKIP)
    letter = (io.BytesIO(b"Beste, de soep was koud."), "brief.txt")
    assert answer(visitor, "bijlagen", bijlagen=letter).location == question("anoniem")
    assert "brief.txt" in visitor.page(question("bijlagen")).text
    answer(visitor, "anoniem", anoniem="ja")
    answer(visitor, "ondersteuning_nodig", SKIP)
    assert "brief.txt" in visitor.page(CHECK).text
    visitor.send(CHECK)
    (file,) = look(site.runtime, "dossier-2", site.clock()).dossier.values["bijlagen"]  # type: ignore[misc]
    assert file["name"] == "brief.txt"


def test_who_stops_leaves_nothing_behind() -> None:
    site = new_site()
    visitor = site.visitor()
    to_the_check(visitor)
    left = visitor.post(f"{FORM}/stoppen", {})
    assert (left.status_code, kept(site)) == (303, 0)


def test_what_nobody_went_on_with_is_gone() -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    site.clock.now += UNTOUCHED
    assert visitor.get(question("aangeklaagde_dienst")).location == f"{FORM}?weg=1"
    sweep(site.runtime, site.clock())
    assert kept(site) == 0


def test_when_there_is_no_room_the_whole_form_goes_on_with_what_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unsent, "_LARGEST", 0)
    site = new_site()
    visitor = site.visitor()
    page = Page(answer(visitor, "uiteenzetting", uiteenzetting=STORY).text)
    assert page.value("v_uiteenzetting") == STORY
    assert page_faults(page) == []
    sent = visitor.resend(f"{FORM}/alles", page, v_anoniem="ja")
    assert (sent.status_code, kept(site)) == (303, 0)


def test_what_is_far_too_long_is_refused_and_not_kept() -> None:
    site = new_site()
    refused = answer(site.visitor(), "uiteenzetting", uiteenzetting="x" * 600_000)
    assert (refused.status_code, kept(site)) == (422, 0)


def test_nobody_here_can_read_what_was_not_sent() -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    with site.runtime.store.snapshot() as tables:
        (document,) = tables.select("unsent")
    cookie = visitor.client.get_cookie("gehoor")
    assert cookie is not None
    assert "pyjama" not in str(document)
    assert set(document) == {"id", "until_at", "share", "room", "sealed"}
    assert document["id"] not in cookie.value


def test_nobody_here_can_read_a_file_that_was_not_sent() -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    answer(visitor, "aangeklaagde_dienst", SKIP)
    answer(visitor, "gewenste_uitkomst", SKIP)
    answer(visitor, "bijlagen", bijlagen=(io.BytesIO(b"Beste, de soep was koud."), "brief.txt"))
    with site.runtime.store.snapshot() as tables:
        (file,), (content,) = tables.select("attachments"), tables.select("attachment_contents")
    assert "brief.txt" not in str(file)
    assert b"soep" not in base64.b64decode(content["base64"])


def test_a_language_goes_along_from_question_to_question() -> None:
    visitor = new_site().visitor()
    page = visitor.page(f"{question('uiteenzetting')}?taal=fr")
    assert "Que s'est-il passé ?" in page.text
    typed = {**dict(page.form_data()), "v_uiteenzetting": STORY, "verder": ON}
    next_question = visitor.post(question("uiteenzetting"), typed).location
    assert (
        "De quel service s'agit-il" in visitor.page(next_question).text
        or "Question 2 sur" in visitor.page(next_question).text
    )


def test_without_agreed_steps_each_question_still_has_its_page() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["forms"]["melden"]["steps"]

    site = new_site()
    publish_change(site.runtime, change, "2026-05-12 09:30")
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    for name in ("aangeklaagde_dienst", "gewenste_uitkomst", "bijlagen"):
        answer(visitor, name, SKIP)
    answer(visitor, "anoniem", anoniem="nee")
    page = visitor.page(question("klager_naam"))
    assert [e.attributes["name"] for e in page.all("input") if e.attributes["name"].startswith("v_")] == [
        "v_klager_naam",
        "v_klager_email",
        "v_klager_telefoon",
    ]


# Going on later


def saved(visitor: Visitor) -> tuple[str, Page]:
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    left = answer(visitor, "aangeklaagde_dienst", SAVE, aangeklaagde_dienst="De keuken")
    page = visitor.page(left.location)
    return page.one("strong", class_="code").text, page


def test_who_saves_gets_a_code_and_hears_until_when() -> None:
    site = new_site()
    code, page = saved(site.visitor())
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    assert page.one("h1").text == "Bewaard tot en met dinsdag 26 mei 2026"
    assert page.all("svg", class_="qr")
    links = [link.attributes["href"] for link in page.all("a")]
    assert f"https://gehoor.example/verder#{code}" in links
    assert not any(code in (urlsplit(link).path + urlsplit(link).query) for link in links)
    assert page_faults(page) == []


def test_the_code_leads_back_to_where_someone_was_on_any_computer() -> None:
    site = new_site()
    code, _ = saved(site.visitor())
    site.clock.now += timedelta(days=13)
    other = site.visitor()
    resumed = other.send("/verder", code=code.lower().replace("-", " "))
    assert (resumed.status_code, resumed.location) == (303, CHECK)
    assert other.get(CHECK).location == question("aangeklaagde_dienst")
    assert other.page(question("aangeklaagde_dienst")).value("v_aangeklaagde_dienst") == "De keuken"


def test_who_saved_leaves_nothing_in_the_browser() -> None:
    site = new_site()
    visitor = site.visitor()
    saved(visitor)
    assert visitor.get(question("aangeklaagde_dienst")).location == f"{FORM}?weg=1"


def test_a_code_is_told_once() -> None:
    visitor = new_site().visitor()
    saved(visitor)
    assert visitor.get(f"{FORM}/bewaard").location == "/verder"


def without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_a_wrong_code_and_an_expired_one_get_the_same_answer() -> None:
    site = new_site()
    code, _ = saved(site.visitor())
    site.clock.now += SAVED
    answers = [site.visitor().send("/verder", code=typed) for typed in (code, "7K2M-9QXD-4TWH-6BNC", "onzin")]
    assert [one.status_code for one in answers] == [422, 422, 422]
    assert len({without_token(one.text) for one in answers}) == 1
    assert page_faults(Page(answers[0].text)) == []


def test_codes_cannot_be_tried_without_end() -> None:
    site = new_site()
    visitor = site.visitor()
    codes = [visitor.post("/verder", {"code": "7K2M"}).status_code for _ in range(301)]
    assert (codes[299], codes[300]) == (422, 429)


@pytest.mark.parametrize("days", [2, 13])
def test_a_file_waits_as_long_as_the_form_it_came_with(days: int) -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    answer(visitor, "aangeklaagde_dienst", SKIP)
    answer(visitor, "gewenste_uitkomst", SKIP)
    letter = (io.BytesIO(b"Beste, de soep was koud."), "brief.txt")
    code = visitor.page(answer(visitor, "bijlagen", SAVE, bijlagen=letter).location).one(
        "strong", class_="code"
    )
    site.clock.now += timedelta(days=days)
    sweep(site.runtime, site.clock())
    other = site.visitor()
    other.send("/verder", code=code.text)
    assert "brief.txt" in other.page(question("bijlagen")).text


def test_how_far_it_is_never_grows_longer_on_the_way() -> None:
    site = new_site()
    for anonymous in ("ja", "nee"):
        visitor, totals = site.visitor(), []
        for step in ("uiteenzetting", "aangeklaagde_dienst", "gewenste_uitkomst", "bijlagen", "anoniem"):
            totals.append(int(visitor.page(question(step)).title.split(":")[0].split(" van ")[1]))
            visitor.send(question(step), verder="verder", v_uiteenzetting=STORY, v_anoniem=anonymous)
        last = visitor.page(question("ondersteuning_nodig" if anonymous == "ja" else "klager_naam"))
        totals.append(int(last.title.split(":")[0].split(" van ")[1]))
        assert totals == sorted(totals, reverse=True)


def without(field: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        form = document["forms"]["melden"]
        del form["properties"][field]
        for step in form["steps"]:
            step["fields"] = [name for name in step["fields"] if name != field]
        form["steps"] = [step for step in form["steps"] if step["fields"]]

    return change


def test_what_was_answered_before_a_question_went_is_shown_before_it_is_sent() -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    answer(visitor, "aangeklaagde_dienst", aangeklaagde_dienst="De wasserij in de kelder")
    publish_change(site.runtime, without("aangeklaagde_dienst"), "2026-05-12 14:01")
    for name in ("gewenste_uitkomst", "bijlagen"):
        answer(visitor, name, SKIP)
    answer(visitor, "anoniem", anoniem="ja")
    answer(visitor, "ondersteuning_nodig", SKIP)
    assert "De wasserij in de kelder" in visitor.page(CHECK).text
    assert visitor.send(CHECK).status_code == 303


def test_what_is_typed_while_its_question_goes_is_shown_before_it_is_sent() -> None:
    site = new_site()
    visitor = site.visitor()
    answer(visitor, "uiteenzetting", uiteenzetting=STORY)
    page = visitor.page(question("aangeklaagde_dienst"))
    publish_change(site.runtime, without("aangeklaagde_dienst"), "2026-05-12 14:01")
    typed = {"v_aangeklaagde_dienst": "De wasserij in de kelder", "verder": ON}
    gone = visitor.post(question("aangeklaagde_dienst"), {**dict(page.form_data()), **typed})
    assert gone.status_code == 303
    for name in ("gewenste_uitkomst", "bijlagen"):
        answer(visitor, name, SKIP)
    answer(visitor, "anoniem", anoniem="ja")
    answer(visitor, "ondersteuning_nodig", SKIP)
    assert "De wasserij in de kelder" in visitor.page(CHECK).text


def test_a_story_of_signs_that_nobody_sees_is_not_told() -> None:
    answered = answer(new_site().visitor(), "uiteenzetting", uiteenzetting="\u200b\u2060 \ufeff")
    assert answered.status_code == 422


def test_who_adds_a_photo_sees_it_small_and_nobody_else_does() -> None:
    site = new_site()
    visitor, other = site.visitor(), site.visitor()
    for one in (visitor, other):
        for name, how in (("uiteenzetting", ON), ("aangeklaagde_dienst", SKIP), ("gewenste_uitkomst", SKIP)):
            answer(one, name, how, **({"uiteenzetting": STORY} if how == ON else {}))
    answer(visitor, "bijlagen", bijlagen=(io.BytesIO(photo()), "bel.jpg"))
    page = visitor.page(question("bijlagen"))
    (small,) = (one.attributes["src"] for one in page.all("img", class_="preview"))
    assert page_faults(page) == []
    assert visitor.get(small).mimetype == "image/jpeg"
    assert other.get(small).status_code == 404
    assert site.visitor().get(small).status_code == 404


def test_what_goes_is_what_was_read_and_not_what_was_typed_in_another_window() -> None:
    site = new_site("2026-05-12 14:00")
    visitor = site.visitor()
    to_the_check(visitor)
    read = visitor.page(CHECK)
    answer(visitor, "uiteenzetting", uiteenzetting="Iets heel anders, in een ander venster.")
    refused = visitor.resend(CHECK, read)
    assert refused.status_code == 422
    shown = Page(refused.text)
    assert page_faults(shown) == []
    assert "Dit is intussen gewijzigd" in shown.text
    assert "Iets heel anders" in shown.text
    assert dossiers(site) == 0
    assert visitor.resend(CHECK, shown).status_code == 303
    assert dossiers(site) == 1
