"""An organisation may give its pages its own colour and logo; whatever it chooses, the pages can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

import gehoor.web
from gehoor.core.agreement.palette import CARD, DARK_CARD, DARK_PAPER, LEAST_CONTRAST, PAPER
from gehoor.loading.validation.house_style import darker, is_readable_color
from gehoor.web.public.house_style import css
from tests.support.de_linde import publish_change
from tests.support.pages import page_faults
from tests.support.site import new_site

COLORS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#{:02x}{:02x}{:02x}".format(*parts))
STYLESHEET = (Path(gehoor.web.__file__).parent / "static" / "gehoor.css").read_text("utf-8")
LOGO = "data:image/png;base64,iVBORw0KGgo="


def tokens(text: str) -> list[dict[str, str]]:
    """Return the tokens of a stylesheet, for light and for dark."""
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", part)) for part in text.split("@media", 1)]


def test_the_colours_that_others_are_held_against_are_those_of_the_stylesheet() -> None:
    light, dark = tokens(STYLESHEET)
    assert (light["paper"], Color(light["card"]), dark["paper"], dark["card"]) == (
        PAPER, Color(CARD), DARK_PAPER, DARK_CARD,
    )  # fmt: skip


@given(COLORS)
def test_a_colour_that_cannot_be_read_has_a_darker_one_that_can(color: str) -> None:
    assert is_readable_color(darker(color))
    assert darker(color) == color or not is_readable_color(color)


@given(COLORS.filter(is_readable_color))
def test_whatever_colour_is_chosen_links_and_buttons_can_be_read(color: str) -> None:
    light, dark = tokens(css(color))
    for own, grounds in ((light, (PAPER, CARD)), (dark, (DARK_PAPER, DARK_CARD))):
        for ground in (*grounds, own["accent-soft"], own["accent-ink"]):
            assert Color(own["accent"]).contrast(ground) >= LEAST_CONTRAST, (own, ground)


@pytest.mark.parametrize("value", ["", "groen", "#fff", "#12345g", "#7fd0cb", "0b5c62"])
def test_what_is_no_colour_or_too_light_is_refused(value: str) -> None:
    assert not is_readable_color(value)


def test_a_department_without_a_style_looks_as_everything_does() -> None:
    page = new_site().visitor().page("/de-linde/beukenhof/")
    assert "/huisstijl/" not in page.html


def test_the_colour_and_logo_of_a_department_are_on_its_pages() -> None:
    site = new_site()
    publish_change(
        site.runtime,
        lambda d: d.update(style={"color": "#1e4d8c", "logo": "logo.png", "picture": LOGO}),
        "2026-05-12 09:00",
    )
    visitor = site.visitor()
    page = visitor.page("/de-linde/beukenhof/")
    (link,) = [one.attributes["href"] for one in page.all("link") if "/huisstijl/" in one.attributes["href"]]
    (picture,) = [one.attributes["src"] for one in page.all("img")]
    style, logo = visitor.get(link), visitor.get(picture)
    assert "--accent: #1e4d8c" in style.text
    assert (style.mimetype, logo.mimetype) == ("text/css", "image/png")
    assert logo.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert page_faults(page) == []


@pytest.mark.parametrize("path", ["/huisstijl/niets.css", "/huisstijl/niets/logo"])
def test_a_style_that_is_not_there_is_not_found(path: str) -> None:
    assert new_site().visitor().get(path).status_code == 404
