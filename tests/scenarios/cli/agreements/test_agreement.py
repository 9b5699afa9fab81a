"""``gehoor agreement``: the agreement in plain Dutch, as text and as a page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from gehoor.cli.agreements.agreement_page import page
from gehoor.core.wording.registry import DUTCH
from tests.support.cli_run import run
from tests.support.de_linde import changed
from tests.support.pages import Page
from tests.support.places import ORGANISATIONS


def text(*words: str | Path) -> str:
    ran = run("agreement", *words, "--workspace", ORGANISATIONS)
    assert ran.code == 0, ran.err
    return ran.out


def test_the_text_has_a_title_chapters_and_sentences() -> None:
    lines = text("de-linde/thuis").splitlines()
    assert lines[0] == "Afspraken van Thuiszorg en dagcentrum De Es"
    assert "Termijnen" in lines
    assert "  - Wij doen dit binnen 3 werkdagen." in lines
    assert "  - Waarom: Ernstige klachten liggen dezelfde dag bij de directie." in lines


def test_the_page_stands_on_its_own() -> None:
    html = text("de-linde/beukenhof", "--html")
    assert html.startswith("<!doctype html>")
    assert not any(
        mark in html for mark in ("<script", "<link", " style=", "src=", "http:", "https:", "@import")
    )
    read = Page(html)
    assert read.one("h1").text == "Afspraken van WZC Beukenhof"
    ids = {element.attributes["id"] for element in read.elements if "id" in element.attributes}
    links = [element.attributes["href"] for element in read.elements if element.tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} == ids


def test_the_page_says_the_same_as_the_text() -> None:
    items = [
        element.text for element in Page(text("de-linde/beukenhof", "--html")).elements if element.tag == "li"
    ]
    said = " ".join(text("de-linde/beukenhof").split())
    assert all(item in said for item in items)


def test_the_page_nests_and_its_headings_step_down() -> None:
    read = Page(text("de-linde/beukenhof", "--html"))
    levels = [int(element.tag[1]) for element in read.elements if element.tag in ("h1", "h2", "h3")]
    assert read.faults == []
    assert levels[0] == 1
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels))


def test_what_people_wrote_is_never_markup() -> None:
    sly = changed(lambda document: document["complaint"].update({"description": "<script>alert(1)</script>"}))
    html = page(sly, DUTCH.agreements.whole(sly))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_published_agreements_can_be_read_again(store: Path) -> None:
    published = text("de-linde/thuis").splitlines()[-1].split()[-1]
    assert text("de-linde/thuis", "--published", published[:8]) == text("de-linde/thuis")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("de-linde/thuis", "--published", "0000000"), "er zijn geen gepubliceerde afspraken met deze code"),
        (("de-linde/thui",), 'bedoelde u "thuis"?'),
    ],
)
def test_what_is_not_there_is_told(store: Path, words: tuple[str, ...], sentence: str) -> None:
    ran = run("agreement", *words, "--workspace", ORGANISATIONS)
    assert ran.code == 2
    assert sentence in ran.err


def test_agreements_of_another_department_are_refused(store: Path) -> None:
    other = text("de-linde/thuis").splitlines()[-1].split()[-1]
    ran = run("agreement", "de-linde/beukenhof", "--published", other, "--workspace", ORGANISATIONS)
    assert ran.code == 2
    assert "deze afspraken zijn van de-linde/thuis" in ran.err
