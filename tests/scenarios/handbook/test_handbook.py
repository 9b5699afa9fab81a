"""The handbook: whoever does what a page says, gets what it says; all that it shows is checked."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gehoor.bootstrap.files import load
from gehoor.bootstrap.register import open_runtime
from gehoor.loading.problems.texts import line
from tests.support.handbook import HANDBOOK, Shown, UncheckedError, pages, shown
from tests.support.handbook_reader import Reader, leaf
from tests.support.places import CHECKOUT
from tests.support.site import new_site

_PAGES = {str(page.relative_to(HANDBOOK)): page for page in pages()}
_READ = {name: page.read_text("utf-8") for name, page in _PAGES.items()}


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(tmp_path, monkeypatch)


@pytest.mark.parametrize("page", _PAGES)
def test_what_a_page_shows_is_so(page: str, reader: Reader) -> None:
    """A page that changes files leaves a workspace in which ``gehoor check`` tells only what the page tells."""
    found = list(shown(page, _READ[page]))
    for one in found:
        reader.read(one)
    if any("in" in one.marks for one in found):
        # Waterhof stands beside De Linde in the tests alone; no page is about it.
        here = {path.name for path in Path("definitions").iterdir()} - {"waterhof"}
        problems = load(Path.cwd(), only=tuple(sorted(here))).problems
        assert [line(one) for one in problems if one.code not in _told(found)] == []


def _told(found: list[Shown]) -> str:
    return "".join(one.text for one in found if one.kind == "text")


def test_after_the_first_hour_the_website_asks_what_was_agreed_and_staff_read_it(reader: Reader) -> None:
    for one in shown("eerste-uur.md", _READ["eerste-uur.md"]):
        reader.read(one)
    runtime = open_runtime(Path(".gehoor/register.db"), "http://127.0.0.1:8000")
    try:
        site = new_site("2026-05-12 10:30", runtime)
        told = site.visitor().send(
            "/zonnehof/dagopvang/melden/alles",
            v_verhaal="Niemand belde terug.",
            v_anoniem="ja",
            v_verwachting="uitleg",
        )
        assert told.status_code == 303
        work = site.staff("jan", "zonnehof/dagopvang:behandelaar").page("/medewerker/")
        assert {"DAG-2026-0001", "DAG-2026-0002"} <= set(re.findall(r"DAG-2026-\d{4}", work.text))
    finally:
        runtime.store.close()


@pytest.mark.parametrize("page", _PAGES)
def test_a_command_in_a_sentence_exists_with_its_options(page: str) -> None:
    for command in re.findall(r"`(gehoor [^`]+)`", re.sub(r"```.*?```", "", _READ[page], flags=re.DOTALL)):
        try:
            found, words = leaf(shlex.split(command)[1:])
        except KeyError:
            pytest.fail(f"{page}: there is no `{command}`")
        known = {name for one in found.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, f"{page}: `{command}`"


@pytest.mark.parametrize(
    ("fence", "told"),
    [
        ("```yaml", "say one of in, piece-of, shows behind the fence"),
        ("```yaml in=", "say which"),
        ("```yaml in=a.yaml shows=a.yaml", "say one of in, piece-of, shows behind the fence"),
        ("```sh --check", "unknown: --check"),
        ("```", "nothing knows how to check ''; known are yaml, json, sh and text"),
    ],
)
def test_what_nothing_says_how_to_check_is_refused(fence: str, told: str) -> None:
    with pytest.raises(UncheckedError) as refused:
        list(shown("blad.md", f"Zo:\n\n{fence}\ntaal: nl\n```\n"))
    assert str(refused.value) == f"blad.md:3: {told}"


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("```sh\ngehoor bestaatniet\n```", "gehoor knows no bestaatniet"),
        ("```sh\ncurl example.org\n```", "curl is no command of Gehoor"),
        ("```sh\ngehoor explain ongeldige-duur\n```\n```text\niets anders\n```", "it printed"),
        ("```sh\ngehoor explain bestaat-niet\n```", "ended with"),
        ("```sh refused\ngehoor explain ongeldige-duur\n```", "ended with 0"),
        (
            "```yaml shows=rules/de-linde/termijnen.yaml\ntermijnen: {antwoord: {binnen: 9 weken}}\n```",
            "does not hold this",
        ),
        ("```text files\nforms/niets.yaml   niets\n```", "forms/niets.yaml is not there"),
        ("```json in=a.json\n{uit: lopend\n```", "Expecting property name"),
    ],
)
def test_what_is_not_so_is_told_with_its_place(block: str, told: str, reader: Reader) -> None:
    def read() -> None:
        for one in shown("blad.md", block):
            reader.read(one)

    with pytest.raises(pytest.fail.Exception) as failed:
        read()
    assert str(failed.value).startswith("docs/handleiding/blad.md:")
    assert told in str(failed.value)


def _headings(text: str) -> set[str]:
    titles = re.findall(r"(?m)^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in titles}


@pytest.mark.parametrize(
    "page",
    [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "docs").rglob("*.md"))],
    ids=str,
)
def test_each_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text):
        file, _, heading = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        if heading and target.suffix == ".md":
            assert heading in _headings(target.read_text("utf-8")), link


def test_each_page_is_reached_from_the_index() -> None:
    linked = {(HANDBOOK / link).resolve() for link in re.findall(r"\]\(([^)#]+\.md)", _READ["README.md"])}
    assert set(_PAGES.values()) - linked == {HANDBOOK / "README.md"}
