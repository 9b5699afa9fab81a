"""What somebody from outside does, from the first page to the last, with script and without."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from gehoor.services.dossiers.viewing import look
from tests.browser.looking import dutch_left, focused, sideways, words_on_the_way
from tests.browser.served import Served
from tests.browser.steps import (
    FORM,
    MAIL,
    NAME,
    begin,
    choose,
    follow,
    on,
    press,
    send,
    tell,
    to_anonymous,
    to_check,
)
from tests.support.de_linde import STORY
from tests.support.patience import PATIENCE

Open = Callable[..., Page]

BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
LATER = pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.soak)], ids=["script", "no script"]
)
CODE = re.compile(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}")
ASKS_CODE = """async (tries) => {
  for (let done = 0; done < tries; done += 1) {
    const answer = await fetch("/volgen/dossier");
    if ((await answer.text()).includes('id="code"')) return true;
    await new Promise((go) => setTimeout(go, 250));
  }
  return false;
}"""
"""Ask, four times a second, until the server asks for a code."""
SECONDS_TO_READ_A_WORD = 60 / 200
SECONDS_TO_TYPE_A_WORD = 60 / 36
SECONDS_TO_TURN_A_PAGE = 1


def heading(page: Page) -> str:
    return page.inner_text("h1")


def change(page: Page, label: str) -> None:
    """Press "Wijzig" beside an answer on the page with all answers."""
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(f"^Wijzig.*{re.escape(label)}")).click()


@BOTH
def test_a_story_told_on_a_phone_checked_changed_sent_and_followed(
    linde: Served, open_browser: Open, script: bool
) -> None:
    page = open_browser(360, 740, script=script)
    page.goto("/")
    press(page, "text=WZC Beukenhof")
    press(page, "main a.button")
    press(page, "main a.button")
    on(page)
    assert page.title().startswith("Fout: ")
    assert page.inner_text(".progress").strip() == "Vraag 1 van 7"
    to_check(page)
    assert STORY in page.inner_text("dl.answers")
    change(page, "Uw naam")
    page.fill("#v_klager_naam", "An Peeters")
    on(page)
    assert "An Peeters" in page.inner_text("dl.answers")
    send(page)
    code = page.inner_text(".slip .code")
    assert CODE.fullmatch(code)
    assert "BEU-2026-0001" in page.inner_text(".slip")
    assert sideways(page) == 0
    follow(page, code.lower())
    page.fill("#bericht", "Komt er nog iemand langs?")
    press(page, "text=Bericht versturen")
    assert "Komt er nog iemand langs?" in page.inner_text(".messages")
    assert page.inner_text("[role=status]").strip() == "Uw bericht is verstuurd."
    assert sideways(page) == 0
    values = look(linde.site.runtime, "dossier-1", linde.site.clock()).dossier.values
    assert (values["uiteenzetting"], values["klager_naam"], values["klager_email"]) == (
        STORY,
        "An Peeters",
        MAIL,
    )


@LATER
def test_a_story_saved_here_and_finished_in_another_browser(
    linde: Served, open_browser: Open, script: bool
) -> None:
    here, elsewhere = open_browser(360, script=script), open_browser(1280, script=script)
    begin(here)
    to_anonymous(here)
    on(here, "bewaren")
    code = here.inner_text(".code")
    here.goto(FORM)
    press(here, "main a.button")
    assert here.input_value("#v_uiteenzetting") == "", "who sits here next finds nothing"
    elsewhere.goto("/verder")
    elsewhere.fill("#code", code)
    send(elsewhere)
    choose(elsewhere, "anoniem", "ja")
    on(elsewhere)
    on(elsewhere)
    assert STORY in elsewhere.inner_text("dl.answers")
    send(elsewhere)
    assert "BEU-2026-0001" in elsewhere.inner_text(".slip")


def test_the_link_of_a_saved_story_fills_in_its_code(linde: Served, open_browser: Open) -> None:
    page = open_browser(360)
    begin(page)
    to_anonymous(page)
    on(page, "bewaren")
    code = page.inner_text(".code")
    page.goto(f"/verder#{code}")
    assert page.input_value("#code") == code
    assert "#" not in page.url


@LATER
@pytest.mark.parametrize(
    ("language", "day", "refusal"),
    [
        ("fr", "mardi 12 mai 2026", "Donnez un e-mail ou un numéro de téléphone"),
        ("en", "Tuesday 12 May 2026", "Give an e-mail or a phone number"),
    ],
)
def test_a_story_told_in_another_language(
    linde: Served, open_browser: Open, script: bool, language: str, day: str, refusal: str
) -> None:
    page = open_browser(360, 740, script=script)
    story = "On Sunday at 11 mum was still in her pyjamas."
    page.goto("/de-linde/beukenhof/")
    press(page, f"nav.languages a[lang={language}]")
    left = dutch_left(page)
    assert page.locator(".lead").first.evaluate("(text) => text.closest('[lang]').lang") == language
    press(page, "main a.button")
    left += dutch_left(page)
    press(page, "main a.button")
    page.fill("#v_uiteenzetting", story)
    for _ in range(4):
        left += dutch_left(page)
        on(page)
    choose(page, "anoniem", "nee")
    on(page)
    page.fill("#v_klager_naam", NAME)
    on(page)
    left += dutch_left(page)
    assert refusal in page.inner_text(".summary")
    page.fill("#v_klager_email", MAIL)
    on(page)
    left += dutch_left(page)
    on(page)
    left += dutch_left(page)
    send(page)
    left += dutch_left(page)
    assert page.get_attribute("html", "lang") == language
    assert day in page.inner_text(".slip")
    follow(page, page.inner_text(".code"))
    assert page.get_attribute("html", "lang") == language
    assert left + dutch_left(page) == []


@BOTH
def test_who_stays_anonymous_is_not_asked_for_a_name_and_leaves_none(
    linde: Served, open_browser: Open, script: bool
) -> None:
    page = open_browser(360, 740, script=script)
    begin(page)
    to_check(page)
    change(page, "Wilt u anoniem blijven?")
    choose(page, "anoniem", "ja")
    on(page)
    assert NAME not in page.inner_text("main")
    send(page)
    assert CODE.fullmatch(page.inner_text(".slip .code"))
    values = look(linde.site.runtime, "dossier-1", linde.site.clock()).dossier.values
    assert values["anoniem"] is True
    assert [name for name in values if name.startswith("klager_")] == []


def elsewhere(page: Page) -> None:
    """Let the page where one ends up be one of our own: tests connect to nobody."""

    def answer(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>Weer</title>", content_type="text/html")

    page.context.route("https://www.meteo.be/**", answer)


def test_on_a_phone_the_way_out_covers_no_words(linde: Served, open_browser: Open) -> None:
    page = open_browser(360, 740)
    page.goto("/de-linde/beukenhof/")
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    bar = page.locator(".leave-bar")
    box = bar.bounding_box()
    assert box
    # Its bar is as wide as the window, and what is behind it is not seen through it.
    assert (box["x"], box["y"], box["width"]) == (0, 0, 360)
    assert "rgba" not in str(bar.evaluate("bar => getComputedStyle(bar).backgroundColor"))


def test_leaving_at_once_leaves_nothing_behind(linde: Served, open_browser: Open) -> None:
    page = open_browser(360, 740)
    elsewhere(page)
    begin(page)
    to_anonymous(page)
    at_question = page.url
    with page.expect_navigation(url="https://www.meteo.be/**"):
        for _ in range(3):
            page.keyboard.press("Escape")
    assert page.title() == "Weer"
    for _ in range(6):
        page.go_back()
        # Nor that there was anything to complain about.
        expect(page.locator("main")).to_be_hidden()
        assert STORY not in page.content()
    page.goto(at_question)
    assert page.locator("#v_uiteenzetting, main a.button").count() == 1
    assert STORY not in page.content()


def test_leaving_at_once_ends_the_visit_to_a_dossier(linde: Served, open_browser: Open) -> None:
    page = open_browser(360, 740)
    elsewhere(page)
    _, code = tell(page, anonymous=True)
    follow(page, code)
    with page.expect_navigation(url="https://www.meteo.be/**"):
        page.click(".leave")
    # The page is gone before the server has heard of it.
    page.goto("/volgen")
    assert page.evaluate(ASKS_CODE, PATIENCE * 4)
    page.goto("/volgen/dossier")
    assert heading(page) == "Mijn klacht volgen"


def test_without_script_the_way_out_is_a_link(linde: Served, open_browser: Open) -> None:
    page = open_browser(360, 740, script=False)
    _, code = tell(page, anonymous=True)
    follow(page, code)
    with page.expect_request("https://www.meteo.be/"):
        page.click(".leave")
    page.goto("/volgen/dossier")
    assert heading(page) == "Mijn klacht volgen"


@LATER
def test_after_a_refusal_everything_typed_is_there_and_the_summary_leads_to_the_field(
    linde: Served, open_browser: Open, script: bool
) -> None:
    page = open_browser(360, 740, script=script)
    page.goto(f"{FORM}/alles")
    page.fill("#v_uiteenzetting", STORY)
    choose(page, "anoniem", "nee")
    page.fill("#v_klager_naam", NAME)
    send(page)
    assert page.input_value("#v_uiteenzetting") == STORY
    assert page.input_value("#v_klager_naam") == NAME
    if script:
        assert page.locator(".summary:focus").count() == 1
    page.click(".summary a >> nth=0")
    if script:
        assert focused(page) == "v_klager_email"
    page.fill("#v_klager_email", MAIL)
    send(page)
    assert "BEU-2026-0001" in page.inner_text(".slip")


def test_someone_who_never_saw_it_can_do_it_in_two_minutes(linde: Served, open_browser: Open) -> None:
    """Reading all that is new on a page at 200 words a minute, typing on a phone at 36, a second for each page."""
    page = open_browser(360, 740)
    read, pages, fields = 0, 0, 0
    known = {STORY, NAME, MAIL}

    def look_around() -> None:
        nonlocal read, pages, fields
        # Who saw "Verder" once, or wrote a line themselves, does not read it again.
        lines = words_on_the_way(page) - known
        read += sum(len(line.split()) for line in lines)
        known.update(lines)
        pages += 1
        fields += page.locator("main .field:visible").count()

    page.goto(FORM)
    look_around()
    press(page, "main a.button")
    look_around()
    page.fill("#v_uiteenzetting", STORY)
    for _ in range(4):
        on(page)
        look_around()
    choose(page, "anoniem", "nee")
    on(page)
    look_around()
    page.fill("#v_klager_naam", NAME)
    page.fill("#v_klager_email", MAIL)
    on(page)
    look_around()
    on(page)
    look_around()
    send(page)
    typed = len(f"{STORY} {NAME} {MAIL}".split())
    seconds = read * SECONDS_TO_READ_A_WORD + typed * SECONDS_TO_TYPE_A_WORD + pages * SECONDS_TO_TURN_A_PAGE
    assert "BEU-2026-0001" in page.inner_text(".slip")
    assert (pages, fields) <= (9, 9)
    assert seconds <= 120, f"{read} words to read, {typed} to type, {pages} pages: {seconds:.0f} seconds"
