"""Somebody registers a complaint: by keyboard alone, with a caller on the line, without script, on a small screen."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import sideways, violations
from tests.browser.served import Served
from tests.browser.steps import sign_in
from tests.support.de_linde import STORY, open_by_phone
from tests.support.mails.people import told

Open = Callable[..., Page]

ADDRESS = "/medewerker/de-linde/beukenhof/registreren"
PHONE = f"{ADDRESS}/telefoon"
MOST_KEYS = 30
"""So many keys at most, beside the letters that are typed, from an empty page to a number."""


class Keyboard:
    """The keyboard of someone who has no mouse: it counts every key that is no letter of an answer."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str, times: int = 1) -> None:
        # A page can be read before its script listens: who presses then presses in vain, and this keyboard never
        # presses twice.
        self.page.wait_for_load_state("domcontentloaded")
        for _ in range(times):
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    @property
    def at(self) -> str:
        """The name of what has the focus."""
        return str(self.page.evaluate("document.activeElement.name ?? document.activeElement.id"))

    def tab_to(self, name: str) -> None:
        for _ in range(12):
            if self.at == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not reached; at {self.at}")


@pytest.fixture
def desk(linde: Served, open_browser: Open) -> Callable[..., Page]:
    """Someone at the desk, signed in, at the page to register on."""

    def begin(address: str = ADDRESS, **options: object) -> Page:
        linde.site.add_staff("ria", "onthaal")
        page = open_browser(**options)
        sign_in(page)
        page.goto(address)
        return page

    return begin


def faults(page: Page) -> list[str]:
    found = violations(page)
    return [*found, f"{sideways(page)} pixels too wide"] if sideways(page) > 0 else found


def test_a_complaint_is_registered_with_the_keyboard_alone_in_few_keys(desk: Callable[..., Page]) -> None:
    page = desk()
    keys = Keyboard(page)
    assert keys.at == "v_uiteenzetting"
    keys.type(STORY)
    keys.tab_to("v_onderwerp")
    keys.type("Bel niet beantwoord")
    keys.tab_to("v_anoniem")
    keys.press("ArrowRight")
    keys.tab_to("v_klager_naam")
    keys.type("Peeters")
    keys.tab_to("v_klager_telefoon")
    keys.type("0470 12 34 56")
    keys.tab_to("vraag_gevaar")
    keys.press("ArrowRight")
    expect(page.locator("[data-question='andere-procedure']")).to_be_visible()
    keys.tab_to("vraag_andere-procedure")
    keys.press("ArrowRight")
    expect(page.locator("[data-question='ontevreden']")).to_be_visible()
    keys.tab_to("vraag_ontevreden")
    keys.press("Space")
    expect(page.locator("[data-proposal]")).to_contain_text("Voorstel: Klacht")
    keys.tab_to("v_drager")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Control+Enter")
    expect(page.locator(".big strong").first).to_have_text("BEU-2026-0001")
    assert keys.pressed <= MOST_KEYS


def test_with_a_caller_on_the_line_the_keyboard_is_enough(desk: Callable[..., Page]) -> None:
    page = desk(PHONE)
    keys = Keyboard(page)
    for name, text in (("uiteenzetting", STORY), ("onderwerp", "Bel niet beantwoord")):
        expect(page.locator(f"#v_{name}")).to_be_focused()
        keys.type(text)
        keys.press("Control+Enter")
    expect(page.locator("[name=v_anoniem]:focus")).to_have_count(1)
    keys.press("ArrowRight")
    keys.press("Control+Enter")
    answers = (("voornaam", "Els"), ("naam", "Peeters"), ("telefoon", "0470 12 34 56"), ("email", ""))
    for name, text in answers:
        expect(page.locator(f"#v_klager_{name}")).to_be_focused()
        keys.type(text)
        # In a field of one line Enter is enough.
        keys.press("Enter")
    expect(page.locator("[name=v_acuut_gevaar]").first).to_be_visible()
    keys.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Lees dit voor")
    expect(page.locator(".read-back").first).to_contain_text("Peeters")
    keys.press("Control+Enter")
    expect(page.locator(".big strong").first).to_have_text("BEU-2026-0001")
    assert keys.pressed <= MOST_KEYS


def test_without_script_the_buttons_do_it(desk: Callable[..., Page]) -> None:
    page = desk(script=False)
    page.fill("#v_uiteenzetting", STORY)
    page.check("[name=v_anoniem][value=nee]")
    page.fill("#v_klager_naam", "Peeters")
    page.click("[data-more-questions] summary")
    for question, value in (("gevaar", "nee"), ("andere-procedure", "nee"), ("ontevreden", "ja")):
        page.check(f"[name=vraag_{question}][value={value}]")
    page.click("button[name=stel-voor]")
    expect(page.locator("#voorstel")).to_contain_text("Voorstel: Klacht")
    page.check("[name=v_drager][value=telefoon]")
    page.click(".finish button")
    expect(page.locator(".big strong").first).to_have_text("BEU-2026-0001")


def test_without_script_a_call_is_written_down_and_registered(desk: Callable[..., Page]) -> None:
    page = desk(PHONE, script=False, width=320)
    page.fill("textarea", STORY)
    page.click("text=Verder")
    page.click("text=Overslaan")
    page.check("[name=v_anoniem][value=ja]")
    page.click("text=Verder")
    page.check("[name=v_acuut_gevaar][value=nee]")
    page.click("text=Verder")
    expect(page.locator("h1")).to_have_text("Lees dit voor")
    assert sideways(page) == 0
    page.click(".finish button")
    expect(page.locator(".big strong").first).to_have_text("BEU-2026-0001")


def test_a_browser_that_fails_halfway_loses_nothing(desk: Callable[..., Page], open_browser: Open) -> None:
    page = desk(PHONE)
    page.fill("textarea", STORY)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        pass
    page.close()
    another = open_browser()
    sign_in(another)
    another.goto(PHONE)
    another.click("text=Verder waar u was")
    expect(another.locator("textarea")).to_have_value(STORY)


def test_who_goes_to_the_phone_takes_along_what_was_typed(desk: Callable[..., Page]) -> None:
    page = desk()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#v_uiteenzetting", "Half getypt")
    page.click("text=Aan de telefoon")
    expect(page.locator("textarea")).to_have_value("Half getypt")
    assert asked == []


def test_who_leaves_before_it_is_registered_finds_what_they_typed(desk: Callable[..., Page]) -> None:
    page = desk()
    page.locator("#v_uiteenzetting").press_sequentially("Half getypt")
    page.get_by_role("link", name="Werklijst").click()
    page.wait_for_url("**/medewerker/")
    page.goto(ADDRESS)
    expect(page.locator("#v_uiteenzetting")).to_have_value("Half getypt")


def test_who_leaves_with_something_that_could_not_be_kept_is_asked_first(desk: Callable[..., Page]) -> None:
    page = desk()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/onbewaard", lambda route: route.fulfill(status=413))
    page.locator("#v_uiteenzetting").press_sequentially("Half getypt")
    expect(page.locator("[data-kept]")).to_contain_text("Bijhouden lukt nu niet")
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Werklijst").click(no_wait_after=True)
    expect(page.locator("#v_uiteenzetting")).to_have_value("Half getypt")
    assert asked == ["beforeunload"]


def test_who_called_before_is_told_while_the_name_is_typed(linde: Served, desk: Callable[..., Page]) -> None:
    open_by_phone(linde.site.runtime, "2026-05-11 09:00")
    page = desk()
    page.check("[name=v_anoniem][value=nee]")
    page.locator("#v_klager_naam").press_sequentially("Peeters")
    told = page.locator("[data-hint]")
    expect(told).to_contain_text("BEU-2026-0001")
    assert told.get_attribute("role") == "status"
    # Nobody is pulled away from what they type.
    expect(page.locator("#v_klager_naam")).to_be_focused()


def test_what_the_questions_propose_is_filled_in_and_stays_open_to_change(desk: Callable[..., Page]) -> None:
    page = desk()
    page.check("[name=vraag_gevaar][value=ja]")
    expect(page.locator(".danger")).to_contain_text("112")
    page.locator(".more-fields summary").click()
    expect(page.locator("[name=v_acuut_gevaar][value=ja]")).to_be_checked()
    page.check("[name=vraag_gevaar][value=nee]")
    page.check("[name=vraag_andere-procedure][value=ja]")
    expect(page.locator("[name=v_type_bericht][value=anders]")).to_be_checked()
    page.check("[name=v_type_bericht][value=klacht]")
    expect(page.locator("[name=v_type_bericht][value=klacht]")).to_be_checked()


@pytest.mark.parametrize(
    ("width", "dark"),
    [
        (1280, False),
        (320, True),
        pytest.param(1280, True, marks=pytest.mark.soak),
        pytest.param(320, False, marks=pytest.mark.soak),
    ],
)
def test_registering_keeps_nobody_out_in_any_state(
    linde: Served, desk: Callable[..., Page], width: int, dark: bool
) -> None:
    open_by_phone(linde.site.runtime, "2026-05-11 09:00")
    page = desk(width=width, dark=dark)
    found = {"empty": faults(page)}
    page.fill("#v_uiteenzetting", STORY)
    page.check("[name=v_anoniem][value=nee]")
    page.locator("#v_klager_naam").press_sequentially("Peeters")
    expect(page.locator("[data-hint] li")).to_have_count(1)
    page.check("[name=vraag_gevaar][value=ja]")
    expect(page.locator(".danger")).to_be_visible()
    page.locator(".more-fields summary").click()
    found["danger, somebody known, all unfolded"] = faults(page)
    page.click(".finish button")
    expect(page.locator(".summary")).to_be_focused()
    found["refused"] = faults(page)
    page.fill("#v_klager_telefoon", "0470 12 34 56")
    page.check("[name=v_drager][value=telefoon]")
    page.fill("#v_ontvangstdatum", "2026-04-09")
    page.click(".finish button")
    expect(page.locator(".hold")).to_be_focused()
    found["told before"] = faults(page)
    page.click("button[name=toch]")
    expect(page.locator(".spelling")).to_be_visible()
    page.locator(".spelling summary").click()
    found["registered, late"] = faults(page)
    page.goto(PHONE)
    found["the first question"] = faults(page)
    page.click("text=Verder")
    expect(page.locator(".summary")).to_be_focused()
    found["the first question, refused"] = faults(page)
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_what_is_focused_is_not_hidden_behind_the_button(desk: Callable[..., Page]) -> None:
    page = desk(width=320)
    hidden = []
    for _ in range(40):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const bar = document.querySelector(".finish").getBoundingClientRect();
              return !one.closest(".finish") && one.closest("#registreren") && box.top > bar.top && box.top < bar.bottom
                ? one.name || one.tagName : "";
            }"""
        )
        hidden += [covered] if covered else []
    assert hidden == []


def test_the_slip_is_printed_alone_and_is_no_larger_than_half_a_page(desk: Callable[..., Page]) -> None:
    page = desk()
    page.fill("#v_uiteenzetting", STORY)
    page.check("[name=v_anoniem][value=ja]")
    page.check("[name=v_drager][value=telefoon]")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".follow-slip")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".registered > :not(.follow-slip):visible")).to_have_count(0)
    slip = page.locator(".follow-slip").bounding_box()
    # An A6 is 105 by 148 mm; a CSS pixel a 96th of an inch.
    assert slip is not None
    assert slip["width"] <= 105 / 25.4 * 96 + 1
    assert slip["height"] <= 148 / 25.4 * 96


MAIL = next(one for one in told() if one.name == "soep: with a letter")
_DROP = """([text, size]) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes, new Uint8Array(size)], "bericht.eml"));
  const event = { bubbles: true, cancelable: true, dataTransfer: carried };
  document.querySelector("h1").dispatchEvent(new DragEvent("drop", event));
}"""


def drop_mail(page: Page, more: int = 0) -> None:
    page.evaluate(_DROP, [b64encode(MAIL.content).decode(), more])


def test_an_email_is_dropped_anywhere_on_the_page_and_what_was_typed_stays(desk: Callable[..., Page]) -> None:
    page = desk()
    page.fill("#v_uiteenzetting", "Eerst gebeld.")
    drop_mail(page)
    expect(page.locator(".mail-read")).to_be_focused()
    expect(page.locator("#v_klager_naam")).to_have_value("André Lefèvre")
    expect(page.locator("#v_uiteenzetting")).to_have_value(re.compile("Eerst gebeld.*koud", re.DOTALL))
    assert faults(page) == []


def test_an_email_that_is_too_large_is_not_sent_and_takes_nothing_along(desk: Callable[..., Page]) -> None:
    page = desk()
    page.fill("#v_uiteenzetting", "Eerst gebeld.")
    drop_mail(page, 20 * 1024 * 1024)
    expect(page.locator("[data-too-large]")).to_be_visible()
    expect(page.locator("#v_uiteenzetting")).to_have_value("Eerst gebeld.")


def test_an_email_is_taken_over_without_script_on_a_small_screen(desk: Callable[..., Page]) -> None:
    page = desk(script=False, width=360)
    page.locator(".mail-drop summary").click()
    page.set_input_files("#e-mail", {"name": "a.eml", "mimeType": "message/rfc822", "buffer": MAIL.content})
    page.get_by_role("button", name="Neem over").click()
    expect(page.locator("#v_klager_naam")).to_have_value("André Lefèvre")


def test_tab_leads_to_the_question_that_an_answer_brings_at_once(desk: Callable[..., Page]) -> None:
    page = desk()
    # However long the server takes to say what it comes to.
    page.route("**/voorstel", lambda route: None)
    keys = Keyboard(page)
    page.focus("[name=vraag_gevaar][value=ja]")
    keys.press("ArrowRight")
    keys.press("Tab")
    assert keys.at == "vraag_andere-procedure"


def test_a_question_that_is_not_asked_any_more_is_gone_at_once(desk: Callable[..., Page]) -> None:
    page = desk()
    page.check("[name=vraag_gevaar][value=nee]")
    page.check("[name=vraag_andere-procedure][value=nee]")
    page.route("**/voorstel", lambda route: None)
    page.check("[name=vraag_gevaar][value=ja]")
    expect(page.locator("[name=vraag_andere-procedure] >> nth=0")).to_be_hidden()
