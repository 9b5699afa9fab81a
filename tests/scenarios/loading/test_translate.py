"""A file in another language and back is the same file, and in between it says the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.loading.keywords.vocabulary import load_vocabulary
from gehoor.loading.load import load_workspace
from gehoor.loading.merge.file_kinds import kind_of_file
from gehoor.loading.source.yaml import read_yaml
from gehoor.loading.translate.translate import TranslationError, translate
from tests.support.loading_cases import BASE, INVALID
from tests.support.places import CHECKOUT, ORGANISATIONS
from tests.support.yaml_files import definition_files

_COMMENT = re.compile(r"(?m)(?:^|\s)#.*$")


def _content(file: Path, language: str) -> bytes:
    result = translate(file, language)
    assert result.problems == []
    assert result.content is not None
    return result.content


def _text(tmp_path: Path, text: str, language: str) -> str:
    file = tmp_path / "bestand.yaml"
    file.write_bytes(text.encode())
    return _content(file, language).decode()


@pytest.mark.parametrize(
    "file", definition_files(ORGANISATIONS, BASE), ids=lambda file: str(file.relative_to(CHECKOUT))
)
def test_there_and_back_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    english = tmp_path / file.name
    english.write_bytes(_content(file, "en"))
    assert _content(english, "nl") == file.read_bytes()
    before, after = file.read_text("utf-8"), english.read_text("utf-8")
    assert _COMMENT.findall(after) == _COMMENT.findall(before)
    assert len(after.splitlines()) == len(before.splitlines())
    assert _content(english, "en") == english.read_bytes()


@pytest.mark.parametrize("workspace", [ORGANISATIONS, BASE], ids=["organisations", "klein"])
def test_in_english_it_is_the_same_agreement(workspace: Path, tmp_path: Path) -> None:
    shutil.copytree(workspace, tmp_path, dirs_exist_ok=True)
    dutch = load_workspace(tmp_path)
    for file in definition_files(tmp_path):
        file.write_bytes(_content(file, "en"))
    english = load_workspace(tmp_path)
    assert english.problems == dutch.problems
    assert [item.agreement.hash for item in english.departments] == [
        item.agreement.hash for item in dutch.departments
    ]
    written = "".join(file.read_text("utf-8") for file in definition_files(tmp_path))
    assert not re.search(r"(?m)^ *-? *(binnen|taal|omdat|rollen|persoonsgegevens):", written)


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("binnen: 5 werkdagen # vijf\n", "within: 5 working days # vijf\n"),
        ("binnen: '1 werkdag'\n", "within: '1 working day'\n"),
        ("'binnen': \"10 werkdagen ma-za\"\n", "'within': \"10 working days mon-sat\"\n"),
        ("dag-zelf-telt:   nee\n", "count-day-zero:   no\n"),
        ("herinner: [1 week, 2 werkdagen vooraf]\n", "remind: [1 week, 2 working days before]\n"),
        ("geldt-als: {een van: [{binnen: 1}]}\n", "applies-if: {any of: [{binnen: 1}]}\n"),
        (
            "geldt-als: {ernst: {minstens: 4}, naam: [a, b]}\n",
            "applies-if: {ernst: {at-least: 4}, naam: [a, b]}\n",
        ),
        ("geldt-als: {tevreden: ja}\n", "applies-if: {tevreden: ja}\n"),
        ("naam: binnen 5 werkdagen\n", "name: binnen 5 werkdagen\n"),
        ("verschuif: volgende werkdag\n", "shift: next\n"),
        ("verantwoordelijk: naam\n", "responsible: naam\n"),
        ("bron: >-\n      ja,\n      nee\n", "source: >-\n      ja,\n      nee\n"),
    ],
)
def test_what_is_translated_and_what_is_not(dutch: str, english: str, tmp_path: Path) -> None:
    there = _text(tmp_path, f"taal: nl\ntermijnen:\n  binnen:\n    {dutch}", "en")
    assert there == f"language: en\nterms:\n  binnen:\n    {english}"
    assert _text(tmp_path, there, "nl") == f"taal: nl\ntermijnen:\n  binnen:\n    {dutch}"


@pytest.mark.parametrize(
    ("dutch", "back"),
    [
        ("binnen: 3 jaar", "binnen: 3 jaren"),
        ("binnen: 5  Werkdagen", "binnen: 5 werkdagen"),
        ("binnen: 2 werkdagen_ma_za", "binnen: 2 werkdagen ma-za"),
        ("verschuif: volgende", "verschuif: volgende werkdag"),
        ("te laat: []", "te-laat: []"),
    ],
)
def test_what_can_be_written_in_more_ways_comes_back_in_the_usual_one(
    dutch: str, back: str, tmp_path: Path
) -> None:
    there = _text(tmp_path, f"taal: nl\ntermijnen: {{a: {{{dutch}}}}}\n", "en")
    assert _text(tmp_path, there, "nl") == f"taal: nl\ntermijnen: {{a: {{{back}}}}}\n"


def test_places_in_letters_and_numbers(tmp_path: Path) -> None:
    letter = (
        'taal: nl\nbrief:\n  onderwerp: "{nummer}"\n  tekst: |\n    nummer {nummer}\n    {link} # tekst\n'
    )
    assert _text(tmp_path, letter, "en") == (
        'language: en\nletter:\n  subject: "{number}"\n  text: |\n    nummer {number}\n    {link} # tekst\n'
    )
    number = 'taal: nl\nafdeling: {naam: A, code: A}\nnummering: {patroon: "{afdeling}/{volgnummer:4}"}\n'
    assert '{pattern: "{department}/{sequence:4}"}' in _text(tmp_path, number, "en")


def test_a_file_that_says_no_language_is_dutch(tmp_path: Path) -> None:
    text = "# Onze brief\r\n\r\nbrief: {onderwerp: a, tekst: b}\r\n"
    assert (
        _text(tmp_path, text, "en") == "# Onze brief\r\n\r\nlanguage: en\r\nletter: {subject: a, text: b}\r\n"
    )
    assert _text(tmp_path, text, "nl") == text
    assert _text(tmp_path, '{"brief": {"onderwerp": "a", "tekst": "b"}}', "en") == (
        '{"language": "en", "letter": {"subject": "a", "text": "b"}}'
    )


def test_a_byte_order_mark_and_the_line_for_editors(tmp_path: Path) -> None:
    line = "# yaml-language-server: $schema=../../.gehoor/schemas/nl/termijnen.schema.json"
    there = _text(tmp_path, f"\ufeff{line}\ntaal: nl\ntermijnen: {{a: {{}}}}\n", "en")
    assert there.startswith(
        "\ufeff# yaml-language-server: $schema=../../.gehoor/schemas/en/terms.schema.json\nl"
    )
    assert _text(tmp_path, there, "nl").startswith(f"\ufeff{line}\ntaal")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("taal: nl\ntermijnen: {a: {binen: 5 werkdagen}}\n", ["onbekend-sleutelwoord"]),
        ("taal: nl\ntermijnen: [\n", ["haakje-klopt-niet"]),
        ("recept: {suiker: 100}\n", []),
        ("taal: nl\n", []),
    ],
)
def test_a_file_that_is_not_right_is_not_translated(text: str, codes: list[str], tmp_path: Path) -> None:
    file = tmp_path / "bestand.yaml"
    file.write_text(text)
    result = translate(file, "en")
    assert result.content is None
    assert [problem.code for problem in result.problems] == codes


@pytest.mark.share(4)
@pytest.mark.parametrize("case", sorted(INVALID.iterdir()), ids=lambda case: case.name)
def test_a_file_with_a_slip_is_refused_or_comes_back(case: Path, tmp_path: Path) -> None:
    for file in definition_files(case):
        result = translate(file, "en")
        if result.content is not None:
            english = tmp_path / file.name
            english.write_bytes(result.content)
            assert _content(english, "nl") == file.read_bytes()


def test_a_name_that_is_a_keyword_in_the_other_language_is_not_mixed_up(tmp_path: Path) -> None:
    file = tmp_path / "bestand.yaml"
    file.write_text("language: en\nterms: {a: {applies-if: {een-van: [x]}}}\n")
    with pytest.raises(TranslationError):
        translate(file, "nl")


_WORDS = st.sampled_from(
    ["binnen", "naam", "ja", "a b", "{x", "werkdag", "één", "5 werkdagen", "'", "#x", "volgende"]
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)
_NAME = st.sampled_from(["binnen", "a", "tot", "term-1", "any-of", "within"])
_UNIT = st.sampled_from(["werkdagen", "kalenderdagen", "weken", "uren", "maanden"])
_DURATION = st.builds("{} {}".format, st.integers(2, 99), _UNIT) | st.just("1 werkdag")
_TERM = st.fixed_dictionaries(
    {},
    optional={
        "naam": _TEXT.map(lambda text: "'" + text.replace("'", "''") + "'"),
        "openbaar": _TEXT.map(lambda text: f"|\n      {text}\n\n      {text}"),
        "binnen": _DURATION.flatmap(
            lambda text: st.sampled_from([text, f'"{text}"', f"'{text}'", f"{text}   # {text}"])
        ),
        "te-laat": st.builds("\n      - na: {}   # na\n        meld: {}".format, _DURATION, _NAME),
        "dag-zelf-telt": st.sampled_from(["ja", "nee", "true", '"ja"']),
        "verschuif": st.sampled_from(["geen", "volgende werkdag", "'vorige werkdag'"]),
        "geldt-als": st.sampled_from(
            ["{een van: [{a: ja}]}", "{naam: {is-niet: binnen}}", "{binnen: [ja, nee]}"]
        ),
    },
)


@given(
    terms=st.dictionaries(_NAME, _TERM, min_size=1, max_size=3),
    comment=st.sampled_from(["", "# taal: nl\n\n", "---\n", "# binnen\r\n"]),
    end=st.sampled_from(["", "\n", "\n\n# einde\n"]),
)
def test_any_small_file_there_and_back(
    tmp_path_factory: pytest.TempPathFactory, terms: dict[str, dict[str, str]], comment: str, end: str
) -> None:
    lines = [f"{comment}taal: nl", "termijnen:"]
    for name, term in terms.items():
        lines += [
            f"  {name}:{'' if term else ' {}'}",
            *(f"    {key}: {value}" for key, value in term.items()),
        ]
    text = "\n".join(lines) + end
    folder = tmp_path_factory.mktemp("t")
    english = _text(folder, text, "en")
    assert _text(folder, english, "nl") == text
    for key in {key for term in terms.values() for key in term}:
        assert f"    {load_vocabulary('nl').keyword(key)}: " in english


def test_a_kind_is_told_from_the_top_of_a_file() -> None:
    def kind(text: str) -> str | None:
        root = read_yaml(text.encode(), "").root
        return kind_of_file(root) if root else None

    assert kind("taal: nl\nregels: {}\n") == "rules"
    assert kind("regels: {}\nvoorbeelden: []\n") == "rules"
    assert kind("language: en\ndepartment: {}\nrules: {}\n") == "department"
    assert kind("regels: {}\nzomaar: iets\n") is None
    assert kind("taal: nl\n") is None
