"""``gehoor due``: what it prints and how it refuses."""

import json

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.cli.commands import gehoor
from gehoor.cli.dossiers.due import due
from tests.support.places import ORGANISATIONS

GOOD = ("--from", "2026-03-27", "--within", "10 kalenderdagen")


def run(*words: str) -> Result:
    """Run the command without letting an exception pass for an exit code."""
    return CliRunner().invoke(due, list(words), catch_exceptions=False)


def test_text_is_the_derivation_in_dutch() -> None:
    result = run(*GOOD, "--shift", "volgende")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2:] == [
        "Maandag 6 april 2026 is Paasmaandag: de termijn schuift naar dinsdag 7 april 2026.",
        "De vervaldag is dinsdag 7 april 2026.",
    ]


def test_json_gives_the_day_and_the_steps() -> None:
    answer = json.loads(run(*GOOD, "--format", "json").stdout)
    assert list(answer) == ["due", "derivation"]
    assert answer["due"] == "2026-04-06"
    assert [step["kind"] for step in answer["derivation"]] == ["start", "count", "result"]
    assert answer["derivation"][1] == {
        "kind": "count",
        "day": "2026-04-06",
        "amount": 10,
        "unit": "calendar-days",
        "after": "2026-03-27",
        "backwards": False,
        "counts": False,
        "text": "10 kalenderdagen later is het maandag 6 april 2026.",
    }


def test_every_option_together() -> None:
    result = run(
        *("--from", "2026-05-08T18:30:00+02:00", "--within", "5 werkdagen", "--calendar", "be-fed"),
        *("--shift", "geen", "--closed", "2026-05-15", "--closed", "2026-12-24/2026-12-31"),
        *("--suspend", "2026-05-18/2026-05-19", "--suspend", "2026-06-30/open", "--extend", "1 werkdag"),
        *("--count-day-zero", "--cutoff", "17:00", "--min-working-days", "2"),
        *("--time-zone", "Europe/Brussels", "--format", "json"),
    )
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    # Day zero is 11 May and counts; 14 is Ascension, 15 closed, 18 suspended: 11, 12, 13, 19, 20, 21.
    assert answer["due"] == "2026-05-21"
    assert answer["derivation"][2]["cutoff"] == "17:00"


def test_a_refused_and_an_open_suspension() -> None:
    pause = ("--suspend", "2026-03-30/open", "--format", "json")
    assert json.loads(run(*GOOD, *pause).stdout)["due"] is None
    assert json.loads(run(*GOOD, *pause, "--no-suspension").stdout)["due"] == "2026-04-06"


@pytest.mark.parametrize(
    ("words", "option", "advice"),
    [
        ((), "--from", "deze optie is nodig"),
        (("--from", "2026-03-27"), "--within", "deze optie is nodig"),
        (("--from", "27-03-2026", *GOOD[2:]), "--from", "schrijf jaar-maand-dag"),
        (("--from", "20260327", *GOOD[2:]), "--from", "schrijf jaar-maand-dag"),
        (("--from", "2026-02-30", *GOOD[2:]), "--from", "bestaat niet"),
        (("--from", "2026-03-27T10:00", *GOOD[2:]), "--from", "geen tijdzone"),
        (("--from", "2026-03-27T25:00Z", *GOOD[2:]), "--from", "bestaat niet"),
        (("--from", "2026-03-27Tien", *GOOD[2:]), "--from", "geen tijdstip"),
        ((*GOOD[:3], "10 dagen"), "--within", "bedoelt u kalenderdagen of werkdagen?"),
        ((*GOOD[:3], "24 uren"), "--from", "begint op een tijdstip"),
        ((*GOOD, "--calendar", "BE"), "--calendar", "kies uit BE-WET"),
        ((*GOOD, "--shift", "next"), "--shift", "kies uit volgende, vorige, geen"),
        ((*GOOD, "--closed", "kerst"), "--closed", "schrijf jaar-maand-dag"),
        ((*GOOD, "--closed", "2026-12-31/2026-12-24"), "--closed", "vroegste dag eerst"),
        ((*GOOD, "--suspend", "2026-04-01"), "--suspend", "van/tot"),
        ((*GOOD, "--suspend", "2026-04-02/2026-04-01"), "--suspend", "vroegste dag eerst"),
        ((*GOOD, "--extend", "een week"), "--extend", "geen duur"),
        ((*GOOD, "--extend", "1 uur"), "--extend", "uren gaan niet samen"),
        ((*GOOD, "--cutoff", "5 uur"), "--cutoff", "bijvoorbeeld 17:00"),
        ((*GOOD, "--cutoff", "24:00"), "--cutoff", "bestaat niet"),
        ((*GOOD, "--min-working-days", "-1"), "--min-working-days", "van 0 tot en met"),
        ((*GOOD, "--min-working-days", "9999"), "--min-working-days", "van 0 tot en met"),
        ((*GOOD, "--time-zone", "Brussel"), "--time-zone", "Europe/Brussels"),
        ((*GOOD, "--backwards", "--extend", "1 week"), "--backwards", "terugtellen"),
        ((*GOOD, "--format", "xml"), "--format", "kies uit json, text"),
        (("--from", "9999-12-31", *GOOD[2:]), "--within", "buiten de jaren"),
        (("--from", "2150-01-01", *GOOD[2:], "--shift", "volgende"), "--calendar", "geen feestdagen bekend"),
        ((*GOOD, "--until", "x"), "--until", "bestaat niet"),
        ((*GOOD, "--cutoff"), "--cutoff", "niet goed gebruikt"),
        (("--from", "2026-03-27", "--within", "10", "kalenderdagen"), "kalenderdagen", "aanhalingstekens"),
    ],
)
def test_bad_input_is_told_in_dutch(words: tuple[str, ...], option: str, advice: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Fout bij {option}: ")
    assert advice in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_help_is_dutch() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Reken uit op welke dag iets klaar moet zijn" in result.stdout
    assert "Toon deze uitleg." in result.stdout


@settings(deadline=None)
@given(
    st.sampled_from(["--from", "--within", "--calendar", "--closed", "--suspend", "--extend", "--time-zone"]),
    st.text(max_size=30) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:+Z-]{0,12}|/.{0,11})?"),
)
def test_whatever_is_typed_there_is_an_answer_or_a_dutch_refusal(option: str, text: str) -> None:
    result = run(*GOOD, f"{option}={text}")
    assert result.exit_code in (0, 2)
    assert result.exit_code == 0 or result.stderr.startswith("Fout bij ")


def test_a_term_is_reckoned_as_a_department_agreed_it() -> None:
    """De Linde is closed on the day after Ascension, Friday 7 May 2027."""
    ran = CliRunner().invoke(
        gehoor,
        ["due", "de-linde/eikenrode", "antwoord", "--from", "2027-04-07", "--workspace", str(ORGANISATIONS)],
    )
    assert ran.exit_code == 0
    assert "Brug na Hemelvaart" in ran.output
    assert ran.output.splitlines()[-1] == "De vervaldag is maandag 10 mei 2027."


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("de-linde/eikenrode", "antwood"), "bedoelde u"),
        (("de-linde/eikenrode", "antwoord", "--within", "3 weken"), "staat in de afspraken"),
        (("de-linde/eikenrode",), "--within"),
    ],
)
def test_what_a_department_did_not_agree_cannot_be_reckoned(words: tuple[str, ...], advice: str) -> None:
    ran = CliRunner().invoke(
        gehoor, ["due", *words, "--from", "2027-04-07", "--workspace", str(ORGANISATIONS)]
    )
    assert ran.exit_code == 2
    assert advice in ran.output
