"""The page about every problem: there is one for each code, and its examples do what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import gehoor
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.pages import ProblemPage, all_pages, codes, list_text, page_text, problem_page
from gehoor.loading.problems.texts import SENTENCES
from tests.support.loading_cases import BASE
from tests.support.places import CHECKOUT
from tests.support.problem_examples import in_its_place

_PAGES = Path(gehoor.__file__).parent / "schemas" / "problems"
_REFERENCE = CHECKOUT / "docs" / "reference" / "problemen.md"
_NOT_IN_ONE_FILE = {
    "mail-verraadt",
    "taak-brief-noemt-dossier",
    "taak-verraadt",
    "geen-organisatie",
    "bestand-ontbreekt",
    "bestand-onleesbaar",
    "bestand-ongebruikt",
    "map-ongebruikt",
    "nummers-van-een-ander",
    "buiten-de-map",
    "bestand-te-groot",
    "geen-utf8",
    "motor-wijkt-af",
    "te-zwaar",
    "dubbel-in-bestanden",
    "medewerkers-buiten",
    "behandelaars-van-niemand",
    "cijfer-veld-onbekend",
    "cijfer-blijft-niet",
    "cijfer-niet-telbaar",
    "cijfer-geen-getal",
    "cijfer-twee-maten",
    "cijfer-telt-terug",
    "cijfer-altijd-leeg",
    "hoofdstuk-dubbel",
    "tabel-dubbel",
}
"""What the lines of one file cannot bring about; tests/examples/invalid has a case of each but the engine's."""
_NO_YAML = {"verborgen-teken", "tab-als-inspringing", "yaml-fout", "twee-documenten", "dubbele-sleutel"} | {
    "geen-verwijzingen",
    "eigen-tag",
    "sleutel-geen-tekst",
    "aanhalingsteken-open",
    "aanhalingstekens-nodig",
    "haakje-klopt-niet",
    "springt-verkeerd-in",
    "ander-streepje",
}
_RUN = [code for code in codes() if code not in _NOT_IN_ONE_FILE]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in _PAGES.iterdir()} == set(SENTENCES)
    assert {code for code in codes() if not problem_page(code).file} == _NOT_IN_ONE_FILE


@pytest.mark.parametrize("code", codes())
def test_a_page_is_complete(code: str) -> None:
    page = problem_page(code)
    for text in (page.title, page.means, page.why, page.wrong, page.right):
        assert text.strip(), code
    assert page.wrong != page.right or page.at
    assert len(page.title) <= 60
    # Plain words, in short sentences.
    for text in (page.means, page.why):
        assert max(len(sentence.split()) for sentence in text.split(". ")) <= 25, text


@pytest.mark.share(3)
@pytest.mark.parametrize("code", _RUN)
def test_the_examples_of_a_page_do_what_it_says(code: str, tmp_path: Path) -> None:
    page = problem_page(code)
    assert _problems(page, page.wrong, tmp_path / "fout") == {code}
    assert _problems(page, page.right, tmp_path / "goed") == set()


@pytest.mark.parametrize("code", _RUN)
def test_what_is_shown_is_yaml(code: str) -> None:
    page = problem_page(code)
    for fragment in [page.right] + ([page.wrong] if code not in _NO_YAML else []):
        assert YAML(typ="safe", pure=True).load(fragment) is not None


def test_the_page_with_all_problems_is_up_to_date() -> None:
    assert _REFERENCE.read_text("utf-8") == all_pages(), (
        "run: gehoor explain --all > docs/reference/problemen.md"
    )


def test_a_page_to_read() -> None:
    text = page_text("ongeldige-duur")
    assert text.startswith("ongeldige-duur: Dat is geen termijn\n\n  Een termijn is een getal")
    assert "Fout (termijnen.yaml):\n    termijnen:\n" in text
    assert "      binnen: 10 werkdagen" in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_list_names_every_code() -> None:
    lines = list_text().splitlines()
    assert [line.split()[0] for line in lines] == list(codes())


def test_a_code_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        problem_page("../vocabulary/nl")


def _problems(page: ProblemPage, fragment: str, workspace: Path) -> set[str]:
    """Put a fragment in its place in the base workspace; return the codes of what is wrong then."""
    shutil.copytree(BASE, workspace)
    (workspace / page.file).write_text(in_its_place(page, fragment), "utf-8")
    return {problem.code for problem in load_workspace(workspace).problems}
