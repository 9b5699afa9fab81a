"""Following a dossier with a code, and writing to and fro, also without a name."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind, verify
from gehoor.services.correspondence.texts import LONGEST
from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.dossiers.opening import OUTSIDE
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.visits import LONGEST as LONGEST_VISIT
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.tables import SCHEMAS
from tests.support.de_linde import STORY, fill, open_by_web, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

WORK = "/medewerker/"
QUESTION = "Mag ik mijn dochter meebrengen naar het gesprek?"
REPLY = "Natuurlijk. Woensdag om 14 uur past ons."


def follow(site: Site, receipt: Receipt, visitor: Visitor | None = None) -> Visitor:
    browser = visitor or site.visitor()
    assert browser.send("/volgen", code=receipt.code).location == "/volgen/dossier"
    return browser


def write(visitor: Visitor, text: str, page: Page | None = None) -> Any:
    shown = page or visitor.page("/volgen/dossier")
    (form,) = [e for e in shown.all("form") if e.attributes.get("action") == "/volgen/bericht"]
    return visitor.post("/volgen/bericht", {**dict(shown.form_data(form)), "bericht": text})


def reply(staff: Visitor, dossier: str, text: str) -> Any:
    path = f"/medewerker/dossiers/{dossier}/berichten"
    page = staff.page(path)
    (form,) = [e for e in page.all("form") if e.attributes.get("action") == path]
    return staff.post(path, {**dict(page.form_data(form)), "bericht": text})


def opened(site: Site) -> Receipt:
    return open_by_web(site.runtime, "2026-05-12 13:00")


def outbox(site: Site) -> list[Any]:
    with reading_projection(site.runtime) as register:
        return register.messages_to_send(site.clock(), 100)


# What someone sees


def test_the_page_says_in_plain_words_what_happens_now_and_by_when() -> None:
    site = new_site()
    page = follow(site, opened(site)).page("/volgen/dossier")
    assert "Wij lezen uw bericht en kijken wie u het best kan helpen." in page.one("div", class_="now").text
    assert "uiterlijk op woensdag 20 mei 2026" in page.text
    assert "09 000 00 20" in page.text
    assert "Niet tevreden met ons antwoord?" in page.text
    assert page_faults(page) == []


def test_what_is_late_is_said_too() -> None:
    site = new_site()
    receipt = opened(site)
    site.clock.to("2026-05-26 10:00")
    page = follow(site, receipt).page("/volgen/dossier")
    assert "wij zijn te laat" in page.text
    assert "Vraag ons gerust waarom het langer duurt" in page.text
    assert page.one("p", class_="late-now").text.endswith("Lees waar u nog terechtkunt.")
    assert page_faults(page) == []


def entered(site: Site, code: str) -> Page:
    return Page(site.visitor().send("/volgen", code=code).text)


@pytest.mark.parametrize("typed", ["BEU-2026-0001", "beu 2026 1", "BEU-2026-9999"])
def test_who_types_the_number_hears_that_it_is_one_and_whom_to_call(typed: str) -> None:
    site = new_site()
    opened(site)
    page = entered(site, typed)
    told = page.one("div", class_="summary")
    assert "Dit is een nummer, niet de volgcode" in told.text
    assert "Bel 09 000 00 20 en noem uw nummer." in told.text
    assert page.value("code") == typed
    assert page_faults(page) == []


def test_a_number_that_exists_and_one_that_does_not_get_the_same_answer() -> None:
    site = new_site()
    number = opened(site).number
    answers = {entered(site, one).html.replace(one, "") for one in (number, "BEU-2026-9999")}
    assert len(answers) == 1


def test_a_code_with_a_slip_can_be_looked_at_sign_by_sign() -> None:
    site = new_site()
    page = entered(site, "7K2M-9QXD-4TWH-6BNX")
    assert "Deze code kennen wij niet" in page.text
    assert page.value("code") == "7K2M-9QXD-4TWH-6BNX"


def test_closing_the_page_is_not_closing_the_complaint() -> None:
    site = new_site()
    browser = follow(site, opened(site))
    page = browser.page("/volgen/dossier")
    form = next(e for e in page.all("form") if e.attributes.get("action") == "/volgen/afsluiten")
    assert "Deze pagina sluiten" in form.text
    assert "Die loopt gewoon verder." in form.text
    closed = browser.page(browser.post("/volgen/afsluiten", {}).location)
    assert "Uw klacht loopt gewoon verder." in closed.one("p", role="status").text


def test_phone_numbers_and_addresses_are_links_that_do_not_break() -> None:
    site = new_site()
    page = site.visitor().page("/de-linde/beukenhof/")
    called = {e.attributes["href"]: e.text for e in page.all("a", class_="whole")}
    assert called["tel:090000020"] == "09 000 00 20"
    assert called["tel:090000010"] == "09 000 00 10"
    assert any(href.startswith("mailto:") for href in called)


def test_without_the_code_nothing_is_shown() -> None:
    site = new_site()
    opened(site)
    assert site.visitor().get("/volgen/dossier").location == "/volgen"


# A visit ends


def test_who_closes_leaves_nothing_to_see_not_even_with_the_old_cookie() -> None:
    site = new_site()
    visitor = follow(site, opened(site))
    cookie = visitor.client.get_cookie("gehoor")
    assert cookie is not None
    closed = visitor.post("/volgen/afsluiten", {})
    assert closed.location == "/volgen?gesloten=1"
    assert visitor.get("/volgen/dossier").status_code == 303
    thief = site.visitor()
    thief.client.set_cookie("gehoor", cookie.value)
    assert thief.get("/volgen/dossier").status_code == 303


def test_a_visit_lasts_an_hour() -> None:
    site = new_site()
    visitor = follow(site, opened(site))
    site.clock.now += LONGEST_VISIT
    assert visitor.get("/volgen/dossier").location == "/volgen"


def test_what_was_typed_while_the_visit_ended_goes_along_with_the_code() -> None:
    site = new_site()
    receipt = opened(site)
    visitor = follow(site, receipt)
    page = visitor.page("/volgen/dossier")
    site.clock.now += timedelta(hours=2)
    asked = write(visitor, QUESTION, page)
    again = Page(asked.text)
    assert asked.status_code == 422
    assert again.value("bericht") == QUESTION
    assert page_faults(again) == []
    sent = visitor.post("/volgen", {**dict(again.form_data()), "code": receipt.code})
    assert sent.status_code == 303
    assert QUESTION in visitor.page("/volgen/dossier").text


def test_codes_cannot_be_tried_without_end() -> None:
    visitor = new_site().visitor()
    tried = [visitor.post("/volgen", {"code": "7K2M"}).status_code for _ in range(301)]
    assert (tried[299], tried[300]) == (422, 429)


# Writing to and fro


def test_a_message_reaches_staff_and_the_answer_comes_back() -> None:
    site = new_site()
    receipt = opened(site)
    visitor, staff = follow(site, receipt), site.staff("els", "kwaliteitscoordinator")
    sent = write(visitor, QUESTION)
    assert sent.location.startswith("/volgen/dossier?verstuurd=1")
    dossier = staff.page(f"/medewerker/dossiers/{receipt.dossier}/berichten")
    assert QUESTION in dossier.text
    assert "Nog niet beantwoord" in dossier.text
    assert page_faults(dossier) == []
    assert reply(staff, receipt.dossier, REPLY).status_code == 303
    page = visitor.page("/volgen/dossier")
    assert REPLY in page.text
    assert "Els" not in page.text
    assert page_faults(page) == []


def test_the_work_list_shows_that_someone_waits_until_they_are_answered() -> None:
    site = new_site()
    receipt = opened(site)
    staff = site.staff("els", "kwaliteitscoordinator")
    assert "Nieuw bericht" not in staff.page(WORK).text
    write(follow(site, receipt), QUESTION)
    assert "Nieuw bericht" in staff.page(WORK).text
    reply(staff, receipt.dossier, REPLY)
    assert "Nieuw bericht" not in staff.page(WORK).text


def test_messages_are_events_in_the_chain() -> None:
    site = new_site()
    receipt = opened(site)
    write(follow(site, receipt), QUESTION)
    reply(site.staff("els", "kwaliteitscoordinator"), receipt.dossier, REPLY)
    seen = look(site.runtime, receipt.dossier, site.clock())
    verify(seen.events)
    written = [(event.kind, event.actor, event.data["text"]) for event in seen.events if "text" in event.data]
    assert written == [
        (EventKind.WRITTEN_TO_US, OUTSIDE, QUESTION),
        (EventKind.WRITTEN_BY_US, "els", REPLY),
    ]


def test_who_has_the_dossier_is_told_with_the_number_and_a_link_only() -> None:
    site = new_site()
    site.add_staff("els", "kwaliteitscoordinator")
    receipt = opened(site)
    before = {message.key for message in outbox(site)}
    write(follow(site, receipt), QUESTION)
    (told,) = [message for message in outbox(site) if message.key not in before]
    assert told.recipients == ("els@delinde.example",)
    assert receipt.number in told.subject
    assert f"/medewerker/dossiers/{receipt.dossier}" in told.text
    assert "dochter" not in told.subject + told.text


def test_a_message_sent_twice_is_one_message() -> None:
    site = new_site()
    receipt = opened(site)
    visitor = follow(site, receipt)
    page = visitor.page("/volgen/dossier")
    for _ in range(2):
        assert write(visitor, QUESTION, page).status_code == 303
    assert len(look(site.runtime, receipt.dossier, site.clock()).dossier.conversation) == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)], ids=["empty", "blank", "long"])
def test_a_message_that_cannot_be_kept_is_refused_where_it_was_typed(text: str) -> None:
    site = new_site()
    receipt = opened(site)
    refused = write(follow(site, receipt), text)
    page = Page(refused.text)
    assert (refused.status_code, page.title[:5]) == (422, "Fout:")
    assert page.one("textarea").attributes["aria-invalid"] == "true"
    assert page_faults(page) == []
    staff = site.staff("els", "kwaliteitscoordinator")
    answer = reply(staff, receipt.dossier, text)
    assert answer.status_code == 422
    assert page_faults(Page(answer.text)) == []


def test_staff_of_elsewhere_cannot_write() -> None:
    site = new_site()
    receipt = opened(site)
    other = site.staff("rik", "de-linde/eikenrode:onthaal")
    path = f"/medewerker/dossiers/{receipt.dossier}/berichten"
    token = other.page(WORK).value("csrf_token")
    assert other.post(path, {"csrf_token": token, "bericht": REPLY}).status_code == 404
    assert other.get(path).status_code == 404


def test_without_a_code_there_is_nobody_to_write_to() -> None:
    def change(document: dict[str, Any]) -> None:
        document["anonymous"]["follow-up-code"] = False

    site = new_site()
    publish_change(site.runtime, change, "2026-05-12 09:30")
    receipt = opened(site)
    staff = site.staff("els", "kwaliteitscoordinator")
    path = f"/medewerker/dossiers/{receipt.dossier}/berichten"
    page = staff.page(path)
    assert "Berichten met de melder" not in page.text
    answer = staff.post(path, {"csrf_token": page.value("csrf_token"), "bericht": REPLY})
    assert answer.status_code == 422


# No trace

ADDRESS, AGENT = "203.0.113.77", "Onbekende Browser 7.3"


def everything(site: Site) -> str:
    with site.runtime.store.snapshot() as tables:
        return str([tables.select(schema.name) for schema in SCHEMAS])


def test_of_who_stays_anonymous_nothing_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site = new_site()
    client = site.app.test_client()
    client.environ_base.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT})
    visitor = Visitor(client)
    seen_cookies: set[str] = set()

    def remember() -> None:
        cookie = client.get_cookie("gehoor")
        if cookie:
            seen_cookies.add(cookie.value)
        with client.session_transaction() as session:
            seen_cookies.update(value for value in session.values() if isinstance(value, str))
            seen_cookies.update(session.get("unsent", {}).values())

    form = "/de-linde/beukenhof/melden"
    for name, how, typed in (
        ("uiteenzetting", "verder", STORY), ("aangeklaagde_dienst", "overslaan", ""),
        ("gewenste_uitkomst", "overslaan", ""), ("bijlagen", "overslaan", ""), ("anoniem", "verder", "ja"),
        ("ondersteuning_nodig", "overslaan", ""),
    ):  # fmt: skip
        visitor.send(f"{form}/vraag/{name}", verder=how, **({f"v_{name}": typed} if typed else {}))
        remember()
    kept_halfway = everything(site)
    sent = visitor.send(f"{form}/nakijken")
    code = visitor.page(sent.location).one("strong", class_="code").text
    visitor.send("/volgen", code=code)
    remember()
    write(visitor, QUESTION)
    remember()
    kept = everything(site)
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert QUESTION in kept
    assert len(seen_cookies) >= 4
    for trace in (ADDRESS, AGENT, code, code.replace("-", ""), *seen_cookies):
        assert trace not in kept_halfway + kept
        assert trace not in logged
    assert re.search(r"'actor': 'melder'", kept)


def nothing_asked(document: dict[str, Any]) -> None:
    document["rules"] = {}


def test_a_message_after_closing_is_work_until_it_is_answered() -> None:
    site = new_site()
    publish_change(site.runtime, nothing_asked, "2026-05-12 09:00")
    receipt = opened(site)
    fill(
        site.runtime, receipt.dossier, "2026-05-12 15:00", registratiedatum="2026-05-12", onderwerp="De bel",
        afgesloten_op="2026-05-12", afsluitreden="ingetrokken", reason="De klacht is ingetrokken.",
    )  # fmt: skip
    site.clock.to("2026-05-20 09:00")
    staff = site.staff("els", "kwaliteitscoordinator")
    assert receipt.number not in staff.page(WORK).text
    write(follow(site, receipt), QUESTION)
    listed = staff.page(WORK)
    assert page_faults(listed) == []
    assert receipt.number in listed.text
    assert "Nieuw bericht" in listed.text
    reply(staff, receipt.dossier, REPLY)
    assert receipt.number not in staff.page(WORK).text
