"""Every page for people outside, in every state it has: a walk that stops wherever there is something to look at."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.conversation import write_back
from tests.browser.served import Served
from tests.browser.steps import FORM, begin, choose, follow, on, press, send, tell, to_check
from tests.support.de_linde import STORY, fill, open_by_phone

DEPARTMENT = "/de-linde/beukenhof/"


def tour(page: Page, linde: Served) -> Iterator[str]:
    """Stop at each state of each page, with its name."""
    for name, path in (
        ("home", "/"),
        ("department", DEPARTMENT),
        ("agreement", f"{DEPARTMENT}afspraken"),
        ("poster", f"{DEPARTMENT}affiche"),
        ("tell-gone", f"{FORM}?weg=1"),
        ("not-there", "/bestaat-niet"),
        ("resume", "/verder"),
        ("follow-enter", "/volgen"),
        ("follow-closed-down", "/volgen?gesloten=1"),
    ):
        page.goto(path)
        yield name
    if not page.context.cookies():
        page.evaluate(f"location.assign('{DEPARTMENT}ontvangen?eerste=1')")
        page.wait_for_url("**/ontvangen?eerste=1")
        yield "receipt-without-cookies"
    yield from _steps(page)
    yield from _saved(page)
    yield from _whole(page)
    yield from _followed(page, linde)


def _steps(page: Page) -> Iterator[str]:
    page.goto(FORM)
    yield "tell-start"
    begin(page)
    yield "step-story"
    on(page)
    yield "step-story-refused"
    page.fill("#v_uiteenzetting", STORY)
    for name in ("step-where", "step-wish", "step-files", "step-anonymous"):
        on(page)
        yield name
    on(page)
    yield "step-anonymous-refused"
    choose(page, "anoniem", "nee")
    on(page)
    yield "step-contact"
    page.fill("#v_klager_email", "geen adres")
    on(page)
    yield "step-contact-refused"
    page.fill("#v_klager_naam", "Els Peeters")
    page.fill("#v_klager_email", "els@voorbeeld.be")
    on(page)
    yield "step-help"
    on(page)
    yield "check"
    press(page, ".answers a >> nth=1")
    yield "step-from-check"
    page.goto(FORM)
    yield "tell-start-again"


def _saved(page: Page) -> Iterator[str]:
    page.goto(f"{FORM}/nakijken")
    press(page, "form[action$=bewaren] button")
    yield "saved"
    page.goto("/verder")
    page.fill("#code", "7K2M-9QXD-4TWH-6BNC")
    send(page)
    yield "resume-wrong"


def _whole(page: Page) -> Iterator[str]:
    page.goto(f"{FORM}/alles")
    yield "whole"
    yield from branches(page)
    send(page)
    yield "whole-refused"
    tell(page)
    yield "receipt"
    tell(page, anonymous=True)
    yield "receipt-anonymous"
    begin(page)
    to_check(page, anonymous=True)
    yield "check-anonymous"


def branches(page: Page) -> Iterator[str]:
    """Give each answer that shows or hides another field, and the one before it, and stop at each."""
    deciding: list[list[str]] = page.evaluate(
        """() => [...new Set([...document.querySelectorAll("[data-show-when]")]
            .flatMap((field) => [...field.dataset.showWhen.matchAll(/"field": "([^"]+)"/g)].map((found) => found[1])))]
            .flatMap((name) => [...document.getElementsByName(`v_${name}`)]
                .filter((input) => input.matches("input[value]")).map((input) => [name, input.value]))"""
    )
    for name, value in deciding:
        answer = page.locator(f"[name=v_{name}][value='{value}']")
        if answer.is_visible():
            answer.check()
            yield f"whole-{name}-{value}"


def _followed(page: Page, linde: Served) -> Iterator[str]:
    runtime = linde.site.runtime
    opened = open_by_phone(runtime, "2026-05-12 13:00")
    page.goto("/volgen")
    page.fill("#code", "7K2M-9QXD-4TWH-6BNC")
    send(page)
    yield "follow-wrong"
    assert opened.code is not None
    follow(page, opened.code)
    yield "follow"
    press(page, "main form[novalidate] button")
    yield "follow-message-refused"
    page.fill("#bericht", "Komt er nog iemand langs?")
    press(page, "main form[novalidate] button")
    write_back(runtime, opened.dossier, "Ja, morgen om tien uur.", "k", linde.site.clock(), Operator("ria"))
    page.reload()
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    yield "follow-messages"
    fill(
        runtime, opened.dossier, "2026-05-12 13:30", onderwerp="Bel", mondeling_verslag="Voorgelezen.",
        type_bericht="suggestie", registratiedatum="2026-05-12",
    )  # fmt: skip
    fill(
        runtime,
        opened.dossier,
        "2026-05-12 13:40",
        afgesloten_op="2026-05-12",
        afsluitreden="geen_klacht",
        reason="Het is meteen besproken.",
    )
    page.reload()
    yield "follow-done"
    # The visit ends while a message is written: it goes along with the code.
    page.fill("#bericht", "Dank u.")
    page.context.clear_cookies()
    page.goto("/volgen")
    yield "follow-again"
