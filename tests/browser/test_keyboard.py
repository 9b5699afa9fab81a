"""With a keyboard, enlarged, with wider text: everything can be reached, seen and read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.looking import focused, sideways, violations
from tests.browser.served import Served
from tests.browser.steps import FORM, WORK, begin, dossier_page, on, send, sign_in, tell, unfold
from tests.support.de_linde import STORY, registered

Open = Callable[..., Page]

BEGIN = """() => {
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    scrollTo(0, 0);
}"""
"""Put the focus before everything else on the page."""

WHERE = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    if (at === document.body) return null;
    const style = getComputedStyle(at), option = at.closest("label");
    const points = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + 3, box.top + 3],
        [box.right - 3, box.bottom - 3]];
    const seen = points.filter(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (at.contains(hit) || hit.contains(at) && !getComputedStyle(hit).position.match(/sticky|fixed/)
            || option?.contains(hit));
    }).length;
    document.marked = document.marked ?? new Map();
    if (!document.marked.has(at)) document.marked.set(at, document.marked.size);
    return {number: document.marked.get(at), text: at.outerHTML.slice(0, 90), seen, top: box.top + scrollY,
        bottom: box.bottom, window: innerHeight, file: at.type === "file",
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""
"""Where the focus is: how much of it can be seen, and whether it is marked."""

ORDER = """() => {
    // Taking a choice back is there as soon as the focus is among the choices.
    const visible = (e) => e.checkVisibility({visibilityProperty: !e.matches("[data-take-back]")});
    const seen = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter((e) => visible(e) && e.tabIndex >= 0 && !e.disabled)
        .filter((e) => {
            if (e.type !== "radio") return true;
            const group = [...document.getElementsByName(e.name)];
            return e.checked || (!group.some((one) => one.checked) && group[0] === e);
        })
        .map((e) => e.outerHTML.slice(0, 90));
}"""
"""Everything that the keyboard should reach, in the order of the page."""

SPACING = """() => {
    const wider = new CSSStyleSheet();
    wider.replaceSync("* {line-height: 1.5 !important; letter-spacing: .12em !important;"
        + "word-spacing: .16em !important} p {margin-bottom: 2em !important}");
    document.adoptedStyleSheets = [wider];
}"""
"""Text spacing as WCAG 1.4.12 wants it to be possible."""

CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter((e) => e.checkVisibility() && !e.closest(".sr, svg, textarea, select, .told") && e.children.length === 0)
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
        && getComputedStyle(e).overflowX !== "visible" && !e.matches("input"))
    .map((e) => e.outerHTML.slice(0, 90))"""


MOVING = """() => [...document.querySelectorAll("*")].map((e) => getComputedStyle(e)).filter((s) =>
    s.animationName !== "none" || parseFloat(s.transitionDuration) > 0 || s.scrollBehavior === "smooth").length"""


def tabbed(page: Page) -> list[dict[str, Any]]:
    """Press Tab through a page from its beginning; returns each place where the focus came."""
    page.evaluate(BEGIN)
    stops: list[dict[str, Any]] = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stops and stop and stop["number"] == stops[-1]["number"]:
            continue  # a date has a stop for the day, the month and the year
        if stop is None or any(stop["number"] == before["number"] for before in stops):
            break
        stops.append(stop)
    return stops


def keyboard_faults(page: Page) -> list[str]:
    """Return what is wrong for who uses the keyboard: what is not reached in order, not seen or not marked."""
    order: list[str] = page.evaluate(ORDER)
    stops = tabbed(page)
    found = [f"hidden behind something: {one['text']}" for one in stops if one["seen"] == 0]
    found += [f"not marked: {one['text']}" for one in stops if not one["outlined"]]
    reached = [one["text"] for one in stops]
    if reached != order:
        first = next((at for at, two in enumerate(zip(order, reached, strict=False)) if two[0] != two[1]), -1)
        found.append(
            f"{len(order)} places, {len(reached)} reached; then: {order[first:][:2]} {reached[first:][:2]}"
        )
    return found


def looked_at(pages: dict[str, list[str]], name: str, wrong: list[str]) -> None:
    if wrong:
        pages[name] = wrong


@pytest.mark.parametrize("width", [1280, 360])
def test_every_step_of_the_public_form_can_be_done_with_the_keyboard(
    linde: Served, open_browser: Open, width: int
) -> None:
    page, found = open_browser(width, 740), {}  # type: ignore[var-annotated]
    page.goto(FORM)
    looked_at(found, "start", keyboard_faults(page))
    page.goto(f"{FORM}/alles")
    page.check("[name=v_anoniem][value=nee]")
    looked_at(found, "everything", keyboard_faults(page))
    begin(page)
    on(page)
    looked_at(found, "refused", keyboard_faults(page))
    page.fill("#v_uiteenzetting", STORY)
    for name in ("where", "wish", "files", "anonymous"):
        on(page)
        looked_at(found, name, keyboard_faults(page))
    assert found == {}


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_for_staff_can_be_used_with_the_keyboard(
    linde: Served, open_browser: Open, width: int
) -> None:
    linde.site.add_staff("ria", "onthaal")
    dossier = registered(linde.site.runtime)
    linde.site.clock.to("2026-05-13 10:00")
    page, found = open_browser(width, 740), {}  # type: ignore[var-annotated]
    page.goto(WORK)
    looked_at(found, "signing in", keyboard_faults(page))
    sign_in(page)
    unfold(page)
    looked_at(found, "list", keyboard_faults(page))
    page.goto(dossier_page(dossier))
    looked_at(found, "dossier", keyboard_faults(page))
    assert found == {}


def test_a_story_told_without_a_mouse(linde: Served, open_browser: Open) -> None:
    page = open_browser(1280)
    begin(page)

    def go(until: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("(css) => document.activeElement.matches(css)", until):
                return
        raise AssertionError(f"the keyboard does not reach {until}")

    def enter() -> None:
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert focused(page) == "inhoud"
    go("#v_uiteenzetting")
    page.keyboard.type("De soep was koud.")
    go("[value=verder]")
    enter()
    for _ in range(3):
        go("[value=overslaan]")
        enter()
    go("[name=v_anoniem]")
    page.keyboard.press("Space")
    go("[value=verder]")
    enter()
    go("[value=overslaan]")
    enter()
    go("main .button")
    enter()
    assert "BEU-2026-0001" in page.inner_text(".slip")


def test_the_focus_lands_on_the_summary_and_its_link_on_the_field(linde: Served, open_browser: Open) -> None:
    page = open_browser(360, 740)
    page.goto(f"{FORM}/alles")
    send(page)
    assert page.locator(".summary:focus").count() == 1
    for link in page.locator(".summary a").all():
        link.click()
        stop = page.evaluate(WHERE)
        assert stop["seen"] > 0
        assert (link.get_attribute("href") or "").removeprefix("#") in (
            focused(page),
            page.evaluate("document.activeElement.closest('fieldset')?.id"),
        )


def test_answers_about_a_person_say_so_to_the_browser(linde: Served, open_browser: Open) -> None:
    page = open_browser(1280)
    page.goto(f"{FORM}/alles")
    tokens = {
        name: page.get_attribute(f"#v_klager_{name}", "autocomplete")
        for name in ("naam", "email", "telefoon")
    }
    assert tokens == {"naam": "name", "email": "email", "telefoon": "tel"}


def test_what_is_hidden_is_never_required(linde: Served, open_browser: Open) -> None:
    page = open_browser(1280)
    page.goto(f"{FORM}/alles")
    hidden = "[data-show-when][hidden]"
    for answer in ("ja", "nee"):
        page.check(f"[name=v_anoniem][value={answer}]")
        assert page.locator(f"{hidden} :required").count() == 0
    page.fill("#v_uiteenzetting", STORY)
    page.check("[name=v_anoniem][value=ja]")
    assert page.locator(hidden).count() > 0
    send(page)
    assert "BEU-2026-0001" in page.inner_text(".slip")


def enlarged(page: Page, found: dict[str, list[str]], name: str) -> None:
    page.evaluate(SPACING)
    wrong: list[str] = page.evaluate(CUT_OFF)
    if sideways(page) > 0:
        wrong = [*wrong, f"{sideways(page)} pixels too wide"]
    looked_at(found, name, wrong)


@pytest.mark.parametrize("width", [320, 640])
def test_wider_text_and_a_narrow_window_lose_nothing(linde: Served, open_browser: Open, width: int) -> None:
    linde.site.add_staff("ria", "onthaal")
    dossier = registered(linde.site.runtime)
    linde.site.clock.to("2026-05-13 10:00")
    page, found = open_browser(width), {}  # type: ignore[var-annotated]
    for path in (
        "/",
        "/de-linde/beukenhof/",
        FORM,
        f"{FORM}/alles",
        "/volgen",
        "/de-linde/beukenhof/affiche",
    ):
        page.goto(path)
        enlarged(page, found, path)
    begin(page)
    on(page)
    enlarged(page, found, "a refused step")
    sign_in(page)
    for path in (
        WORK,
        f"{WORK}?soort=klacht",
        f"{WORK}zoeken?q=bel",
        dossier_page(dossier),
        f"{WORK}mijn-account",
    ):
        page.goto(path)
        unfold(page)
        enlarged(page, found, path)
    assert found == {}


def test_nothing_moves_for_who_asked_for_rest_and_nothing_is_dragged(
    linde: Served, open_browser: Open
) -> None:
    page = open_browser(1280)
    for path in ("/de-linde/beukenhof/", f"{FORM}/alles"):
        page.goto(path)
        assert page.evaluate(MOVING) == 0
        assert page.locator("[draggable=true], [ondrag]").count() == 0


NOT_ON_PAPER = "target-size"
PRINTED = ("/de-linde/beukenhof/affiche", "/de-linde/beukenhof/afspraken")


def test_what_is_printed_can_be_read(linde: Served, open_browser: Open) -> None:
    linde.site.add_staff("ria", "onthaal")
    dossier = registered(linde.site.runtime)
    linde.site.clock.to("2026-05-13 10:00")
    page, found = open_browser(800, dark=True), {}  # type: ignore[var-annotated]
    page.emulate_media(media="print")
    for path in PRINTED:
        page.goto(path)
        looked_at(found, path, violations(page, NOT_ON_PAPER))
    page.emulate_media(media="screen")
    begin(page)
    page.fill("#v_uiteenzetting", STORY)
    on(page, "bewaren")
    page.emulate_media(media="print")
    looked_at(found, "saved", violations(page, NOT_ON_PAPER))
    page.emulate_media(media="screen")
    tell(page, anonymous=True)
    page.emulate_media(media="print")
    looked_at(found, "receipt", violations(page, NOT_ON_PAPER))
    assert page.locator(".slip .code").is_visible()
    assert not page.locator(".leave-bar, .top").first.is_visible()
    page.emulate_media(media="screen")
    sign_in(page)
    page.goto(f"{dossier_page(dossier)}/afdruk")
    page.emulate_media(media="print")
    looked_at(found, "dossier", violations(page, NOT_ON_PAPER))
    assert found == {}
