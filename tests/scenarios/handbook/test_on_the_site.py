"""Who is signed in reads the handbook on the site: every page of it, with links that lead on, and nothing that acts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gehoor.adapters.handbook.markdown_handbook import MarkdownHandbook
from gehoor.web.request.site import open_handbook
from tests.support.handbook import HANDBOOK, pages
from tests.support.pages import page_faults
from tests.support.places import SOURCE
from tests.support.site import Site, Visitor, new_site

BOOK = "/medewerker/handleiding"
NAMES = [page.relative_to(HANDBOOK).with_suffix("").as_posix() for page in pages()]


@pytest.fixture(scope="module")
def site() -> Site:
    return new_site()


@pytest.fixture(scope="module")
def ria(site: Site) -> Visitor:
    return site.staff("ria")


def address(name: str) -> str:
    return BOOK if name == "README" else f"{BOOK}/{name}"


def written(folder: Path, text: str) -> str:
    (folder / "README.md").write_text(text, "utf-8")
    return MarkdownHandbook(folder).markup("", lambda page, anchor: f"/naar/{page}#{anchor}")


@pytest.mark.parametrize("name", NAMES)
def test_each_page_is_there_and_nothing_is_wrong_with_it(name: str, ria: Visitor) -> None:
    page = ria.page(address(name))
    assert page_faults(page) == []
    (title,) = re.findall(r"(?m)\A(?:<!--.*-->\n)*\s*# (.*)$", (HANDBOOK / f"{name}.md").read_text("utf-8"))
    assert page.all("h1")[0].text == title
    # What tests are told about a page, no reader sees.
    assert "<!--" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize("name", NAMES)
def test_each_link_of_a_page_leads_to_a_page_and_a_heading_that_are_there(name: str, ria: Visitor) -> None:
    answer = ria.get(address(name)).text
    article = answer[answer.index("<article") : answer.index("</article>")]
    for link in re.findall(r'href="([^"]+)"', article):
        if link.startswith(("https:", "http:")):
            continue
        place, _, anchor = link.partition("#")
        assert place == BOOK or place.startswith(f"{BOOK}/"), link
        led = ria.get(place)
        assert led.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in led.text, link


def test_what_is_not_in_the_handbook_stands_there_without_a_link(ria: Visitor) -> None:
    page = ria.page(BOOK)
    assert "Sleutelwoorden" in page.text
    assert "reference/" not in ria.get(BOOK).text


def test_the_headings_of_a_page_stand_beside_it(ria: Visitor) -> None:
    page = ria.page(f"{BOOK}/hoe/verslagen")
    (contents,) = page.all("nav", class_="on-this-page")
    assert "In het kort" in contents.text
    assert 'href="#in-het-kort"' in ria.get(f"{BOOK}/hoe/verslagen").text


def test_every_page_of_staff_leads_to_it(ria: Visitor) -> None:
    for place in ("/medewerker/", "/medewerker/mijn-account"):
        assert f'href="{BOOK}"' in ria.get(place).text


def test_who_looks_for_words_finds_where_they_are_said_headings_first(ria: Visitor) -> None:
    page = ria.page(f"{BOOK}?zoek=kwartaal")
    assert page_faults(page) == []
    first = page.all("li")[0].text
    assert "Over een kwartaal, of andere dagen" in first
    assert (
        f'href="{BOOK}/hoe/verslagen#over-een-kwartaal-of-andere-dagen"'
        in ria.get(f"{BOOK}?zoek=kwartaal").text
    )


def test_accents_capitals_and_the_order_of_words_make_no_difference(ria: Visitor) -> None:
    one, other = (
        ria.page(f"{BOOK}?zoek={words}").text for words in ("Akkoord+PUBLICEREN", "publicéren+akkoord")
    )
    assert "de werkplaats › Een voorstel" in one
    assert "de werkplaats › Een voorstel" in other


def test_what_is_nowhere_is_said_so(ria: Visitor) -> None:
    page = ria.page(f"{BOOK}?zoek=%3Cscript%3Ezeppelin")
    assert "Dit staat niet in de handleiding." in page.text
    assert page_faults(page) == []


def test_a_page_that_is_not_there_is_not_found(ria: Visitor) -> None:
    for name in ("hoe/bestaat-niet", "../../pyproject", "hoe/../README", "README"):
        assert ria.get(f"{BOOK}/{name}").status_code == 404


def test_where_it_did_not_come_along_nothing_leads_to_it() -> None:
    site = new_site()
    open_handbook(site.app, None)
    ria = site.staff("ria")
    assert "handleiding" not in ria.get("/medewerker/").text
    assert ria.get(BOOK).status_code == 404


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("Een <b onclick=x>woord</b>.", "&lt;b onclick=x&gt;woord&lt;/b&gt;"),
        ("[klik](javascript:alert(1))", "[klik](javascript:alert(1))"),
        ("<!-- run: gehoor check -->", ""),
        ("<!-- een --><img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        ("```yaml in=a.yaml#b\ntaal: <nl>\n```", '<p class="source">a.yaml</p>'),
    ],
)
def test_nothing_in_a_page_acts(typed: str, shown: str, tmp_path: Path) -> None:
    made = written(tmp_path, f"# Titel\n\n{typed}\n")
    assert shown in made
    assert not re.search(r"<(script|img|b)\b|<!--|href=\"javascript", made)


def test_a_table_says_nothing_of_how_it_looks(tmp_path: Path) -> None:
    made = written(tmp_path, "# Titel\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n")
    assert "<td>1</td>" in made


def test_a_table_of_which_no_column_is_called_anything_has_no_head(tmp_path: Path) -> None:
    assert "<thead>" not in written(tmp_path, "# Titel\n\n| | |\n|---|---|\n| 1 | 2 |\n")
    assert "<thead>" in written(tmp_path, "# Titel\n\n| a | |\n|---|---|\n| 1 | 2 |\n")


def test_headings_that_are_called_alike_have_places_of_their_own(tmp_path: Path) -> None:
    made = written(tmp_path, "# Titel\n\n## Zo\n\n## Zo\n")
    assert re.findall(r'id="([^"]+)"', made) == ["zo", "zo-1"]


def test_what_pages_lead_to_is_there() -> None:
    """A page that leads to the handbook says which page and heading: those have to stay."""
    templates = SOURCE / "gehoor" / "web" / "templates"
    asked = [
        found
        for path in templates.rglob("*.html")
        for found in re.findall(
            r"handbook_link\('([^']+)', _\('[^']+'\)(?:, '([^']+)')?\)", path.read_text("utf-8")
        )
    ]
    book = MarkdownHandbook(HANDBOOK)
    for name, anchor in asked:
        page = book.page(name)
        assert page is not None, name
        assert not anchor or anchor in {one.anchor for one in page.headings}, (name, anchor)
    assert asked
