"""What is written, well formed, and can never be so: a term that never runs, a promise that its last day breaks, a
condition that never meets the one beside it. It is told on its line; what can be so, is not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from gehoor.core.text.problems import Problem, errors
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line, sentence
from tests.support.loading_cases import VALID

_WHOLE: Final = VALID / "volledig"
_TERMS: Final = "rules/klein/termijnen.yaml"
_STANDARD: Final = "rules/normen/proefnorm.yaml"
_COURSE: Final = "definitions/klein/verloop.yaml"
_REPORT: Final = "rules/klein/aanpassingen.yaml"
_LETTER: Final = "definitions/klein/brieven/stand.yaml"
_OF_TERM: Final = """
  proef:
    naam: Proef
    vanaf: ontvangst
    tot: antwoord verstuurd
    geldt-als: {{soort_bericht: klacht}}
    verantwoordelijk: behandelaar
    te-laat: [{{meld: hoofd}}]
    {said}
"""


def told_of(workspace: Path) -> list[Problem]:
    return [*load_workspace(workspace).problems]


def with_term(tmp_path: Path, said: str, *changes: tuple[str, str]) -> Path:
    """The examples with one more term; ``changes``: what of it is otherwise."""
    workspace = Path(shutil.copytree(_WHOLE, tmp_path / "werkmap"))
    term = _OF_TERM.format(said=said.replace("\n", "\n    "))
    for old, new in changes:
        assert old in term
        term = term.replace(old, new, 1)
    file = workspace / _TERMS
    file.write_text(file.read_text("utf-8").rstrip() + term, "utf-8")
    return workspace


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    workspace = Path(shutil.copytree(_WHOLE, tmp_path / "werkmap"))
    text = (workspace / file).read_text("utf-8")
    assert old in text
    (workspace / file).write_text(text.replace(old, new, 1), "utf-8")
    return workspace


# A last day that comes first


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("binnen: 20 werkdagen\nnooit-later-dan: 3 kalenderdagen", "binnen"),
        ("binnen: 2 maanden\nnooit-later-dan: 4 weken", "binnen"),
        (
            "binnen: 5 kalenderdagen\nminstens-werkdagen: 30\nnooit-later-dan: 6 kalenderdagen",
            "minstens-werkdagen",
        ),
    ],
)
def test_time_that_nobody_ever_gets_is_an_error(tmp_path: Path, said: str, word: str) -> None:
    told = told_of(with_term(tmp_path, said))
    assert [problem.code for problem in told] == ["uiterste-dag-eerder"]
    assert errors(told) == told
    assert f"'{word}' verandert hier nooit iets: met 'nooit-later-dan'" in sentence(told[0])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("verlengen: {hoogstens: 1, met: 15 kalenderdagen, reden: verplicht}", ["verlengen"]),
        ("opschorten: {redenen: [wachten-op-de-directie], hoogstens: 20 kalenderdagen}", ["opschorten"]),
        ("staat-stil-in: schoolvakantie", ["staat-stil-in"]),
        (
            "verlengen: {hoogstens: 1, met: 15 kalenderdagen, reden: verplicht}\nstaat-stil-in: schoolvakantie",
            ["verlengen", "staat-stil-in"],
        ),
    ],
)
def test_room_that_nobody_can_ever_use_is_a_warning(tmp_path: Path, said: str, words: list[str]) -> None:
    held = f"binnen: 20 kalenderdagen\nnooit-later-dan: 20 kalenderdagen\n{said}"
    told = told_of(with_term(tmp_path, held))
    assert {problem.code for problem in told} == {"uiterste-dag-eerder"}
    assert errors(told) == []
    assert sorted(sentence(problem).split("'")[1] for problem in told) == sorted(words)


@pytest.mark.parametrize(
    "said",
    [
        # Some years' holidays make it longer than the last day, and most do not.
        "binnen: 20 werkdagen\nnooit-later-dan: 28 kalenderdagen",
        "binnen: 20 kalenderdagen\nnooit-later-dan: 20 kalenderdagen",
        "binnen: 5 kalenderdagen\nminstens-werkdagen: 3\nnooit-later-dan: 6 kalenderdagen",
        # A minimum that there is anyhow never shows, with or without a last day.
        "binnen: 30 kalenderdagen\nminstens-werkdagen: 2\nnooit-later-dan: 31 kalenderdagen",
        "binnen: 20 kalenderdagen\nnooit-later-dan: 21 kalenderdagen\n"
        "verlengen: {hoogstens: 1, met: 15 kalenderdagen, reden: verplicht}",
        "binnen: 4 weken\nnooit-later-dan: 60 kalenderdagen\nstaat-stil-in: schoolvakantie\n"
        "opschorten: {redenen: [wachten-op-de-directie], hoogstens: 20 kalenderdagen}",
    ],
)
def test_what_shows_at_some_time_of_the_year_is_no_problem(tmp_path: Path, said: str) -> None:
    assert [line(problem) for problem in told_of(with_term(tmp_path, said))] == []


# A term that is over when it begins


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("tot: antwoord verstuurd", "tot: ontvangst")], "hij begint bij 'ontvangst', en is dan al klaar"),
        (
            [("vanaf: ontvangst", "vanaf: afgesloten")],
            "'antwoord verstuurd' komt altijd voor 'afgesloten', en dan begint hij pas",
        ),
        (
            [("vanaf: ontvangst", "vanaf: [ontvangst, antwoord verstuurd]")],
            "hij begint bij 'antwoord verstuurd', en is dan al klaar",
        ),
        (
            [("vanaf: ontvangst", "vanaf: afgesloten\n    terugkerend-tot: antwoord verstuurd")],
            "'antwoord verstuurd' komt altijd voor 'afgesloten', en dan begint hij pas",
        ),
    ],
)
def test_a_term_that_ends_where_it_begins_or_before_is_an_error(
    tmp_path: Path, changes: list[tuple[str, str]], said: str
) -> None:
    told = errors(told_of(with_term(tmp_path, "binnen: 5 werkdagen", *changes)))
    assert [problem.code for problem in told] == ["termijn-loopt-nooit"]
    assert said in sentence(told[0])


def test_a_term_that_begins_when_the_dossier_is_closed_has_to_go_on_after_it(tmp_path: Path) -> None:
    after = ("vanaf: ontvangst", "vanaf: afgesloten"), ("tot: antwoord verstuurd", "tot: verbetering gemeld")
    told = told_of(with_term(tmp_path / "1", "binnen: 5 werkdagen", *after))
    assert [problem.code for problem in errors(told)] == ["termijn-loopt-nooit"]
    assert "bij 'afgesloten' is het dossier al gesloten" in sentence(errors(told)[0])
    goes_on = with_term(tmp_path / "2", "binnen: 5 werkdagen\nook-na-afsluiten: ja", *after)
    assert "termijn-loopt-nooit" not in {problem.code for problem in told_of(goes_on)}


def test_a_term_that_comes_back_may_begin_where_each_time_it_ends(tmp_path: Path) -> None:
    said = "binnen: 5 werkdagen\nterugkerend-tot: afgesloten"
    told = told_of(with_term(tmp_path, said, ("tot: antwoord verstuurd", "tot: ontvangst")))
    assert [line(problem) for problem in told] == []


# A condition beside another


@pytest.mark.parametrize(
    ("said", "code", "wrong"),
    [
        ("niet-nodig-als: {soort_bericht: klacht}", "klopt-altijd", True),
        ("niet-nodig-als: {een van: [{soort_bericht: klacht}, {ernst: 3}]}", "klopt-altijd", True),
        ("niet-nodig-als: {soort_bericht: opmerking}", "klopt-nooit-samen", False),
    ],
)
def test_a_term_that_is_never_needed_where_it_applies_is_an_error(
    tmp_path: Path, said: str, code: str, wrong: bool
) -> None:
    told = told_of(with_term(tmp_path, f"binnen: 5 werkdagen\n{said}"))
    assert [problem.code for problem in told] == [code]
    assert (errors(told) == told) is wrong
    assert "waar 'geldt-als' klopt" in sentence(told[0])


def test_a_term_that_begins_at_what_it_does_not_apply_to_is_an_error(tmp_path: Path) -> None:
    starts = ("vanaf: ontvangst", "zodra: {soort_bericht: opmerking}")
    told = told_of(with_term(tmp_path, "binnen: 5 werkdagen", starts))
    assert [problem.code for problem in errors(told)] == ["klopt-nooit-samen"]
    assert "klopt nooit waar 'zodra' klopt, dus deze termijn loopt nooit" in sentence(errors(told)[0])


def test_a_share_that_is_always_whole_or_nothing_is_told(tmp_path: Path) -> None:
    old = "waarvan: {ernst: {ingevuld: ja}}"
    whole = told_of(changed(tmp_path / "1", _STANDARD, old, "waarvan: {soort_bericht: klacht}"))
    none = told_of(changed(tmp_path / "2", _STANDARD, old, "waarvan: {soort_bericht: opmerking}"))
    assert {problem.code for problem in whole} == {"klopt-altijd"}
    assert {problem.code for problem in none} == {"klopt-nooit-samen"}
    assert "dus dit aandeel is altijd nul" in sentence(none[0])


def test_a_passage_that_never_stands_in_its_letter_is_told(tmp_path: Path) -> None:
    old = "  naam: Stand van zaken\n"
    workspace = changed(tmp_path, _LETTER, old, f"{old}  geldt-als: {{ernst: {{ingevuld: nee}}}}\n")
    told = told_of(workspace)
    assert {problem.code for problem in told} == {"klopt-nooit-samen"}
    assert errors(told) == []


# A phase that is over, or closed to everybody, when it opens


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("klaar-bij: antwoord verstuurd", "klaar-bij: ontvangst", "fase-meteen-klaar"),
        ("klaar-bij: afgesloten", "klaar-bij: antwoord verstuurd", "fase-meteen-klaar"),
        ("klaar-bij: afgesloten", "klaar-bij: ontvangst", "fase-meteen-klaar"),
        ("vast-na: afgesloten", "vast-na: ontvangst", "veld-vast-voor-open"),
    ],
)
def test_a_phase_in_which_nothing_can_ever_be_done_is_an_error(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    told = told_of(changed(tmp_path, _COURSE, old, new))
    assert {problem.code for problem in told} == {code}
    assert errors(told) == told


# A table in which nothing ever stands


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ("doorlooptijd: {vanaf: afgesloten, tot: ontvangst, grenzen: [9]}", "cijfer-telt-terug"),
        ("doorlooptijd: {vanaf: afgesloten, tot: afgesloten, grenzen: [9]}", "cijfer-telt-terug"),
        ("als: {soort_bericht: opmerking}, termijn: antwoord", "cijfer-altijd-leeg"),
        (
            "als: {soort_bericht: opmerking}, doorlooptijd: {vanaf: ontvangst, tot: antwoord verstuurd, grenzen: [9]}",
            "cijfer-altijd-leeg",
        ),
    ],
)
def test_a_table_that_counts_what_is_never_there_is_told(tmp_path: Path, counts: str, code: str) -> None:
    old = "{naam: Beantwoord per maand, per: maand, periode-volgens: antwoord verstuurd}"
    told = told_of(changed(tmp_path, _REPORT, old, f"{{naam: Proef, {counts}}}"))
    assert {problem.code for problem in told} == {code}
