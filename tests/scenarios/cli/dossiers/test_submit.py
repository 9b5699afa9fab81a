"""``gehoor submit``: receipts, refusals, many at once, and never twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gehoor.bootstrap.register import open_runtime
from gehoor.cli.dossiers.submissions import LINES_AT_ONCE
from gehoor.services.accounts.accounts import add_account
from gehoor.services.ports.records import Account
from tests.support.cli_run import ANSWERS, Submission, run
from tests.support.passwords import QuickHasher

FORM = ANSWERS.where


def lines(file: Path, *submissions: object) -> Path:
    file.write_text("".join(f"{json.dumps(item)}\n" for item in submissions), encoding="utf-8")
    return file


def test_a_receipt_in_words(store: Path, tmp_path: Path) -> None:
    ran = run(*ANSWERS.to_submit(tmp_path / "a.json"), "--now", "2026-03-02")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "Bewaard als BEU-2026-0001."
    assert ran.out.splitlines()[1].startswith("Volgcode: ")


def test_from_standard_input(store: Path) -> None:
    ran = run("submit", *FORM, "-", "--format", "json", text=json.dumps(ANSWERS.answers))
    assert ran.code == 0
    assert ran.json()["number"].startswith("BEU-")


def test_the_same_key_is_the_same_dossier(store: Path, tmp_path: Path) -> None:
    words = (*ANSWERS.to_submit(tmp_path / "a.json"), "--key", "brief-12", "--format", "json")
    first = run(*words, "--now", "2026-03-02").json()
    assert run(*words, "--now", "2026-03-09").json() == first
    other = run(*words[:-3], "brief-13", "--format", "json", "--now", "2026-03-09").json()
    assert other["number"] == "BEU-2026-0002"


def test_refused_at_the_field(store: Path, tmp_path: Path) -> None:
    words = Submission(
        {"uiteenzetting": "De soep was koud.", "anoniem": "nee", "klager_naam": "Mia", "soep": 1}
    )
    ran = run(*words.to_submit(tmp_path / "a.json"), "--format", "json")
    assert ran.code == 1
    refused = {item["field"]: item for item in ran.json()["refused"]}
    assert set(refused) == {"soep", "klager_email"}
    assert refused["klager_email"] == {
        "field": "klager_email",
        "label": "Uw e-mail",
        "message": "Geef een e-mail of een telefoonnummer, zodat wij u kunnen antwoorden. Of kies ervoor anoniem te "
        "blijven.",
    }
    ran = run(*words.to_submit(tmp_path / "a.json"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == "Niet bewaard. Kijk dit na:"
    assert any(
        line.startswith("  Uw e-mail (klager_email): Geef een e-mail") for line in ran.err.splitlines()
    )
    # A refusal costs no number.
    assert run(*ANSWERS.to_submit(tmp_path / "b.json"), "--now", "2026-03-02").out.startswith(
        "Bewaard als BEU-2026-0001"
    )


def test_many_lines(store: Path, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ANSWERS.answers, {"anoniem": "ja"}, ["x"], ANSWERS.answers)
    ran = run("submit", *FORM, file, "--now", "2026-03-02T10:00", "--key", "postbus")
    assert ran.code == 1
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer.get("number") for answer in answers] == ["BEU-2026-0001", None, None, "BEU-2026-0002"]
    assert list(answers[0]) == ["dossier", "number", "code"]
    assert list(answers[1]) == ["line", "error"]
    assert answers[1]["line"] == 2
    assert [error["field"] for error in answers[1]["error"]] == ["uiteenzetting"]
    assert answers[2]["error"][0]["message"].startswith("Schrijf de antwoorden tussen accolades")
    again = run("submit", *FORM, file, "--now", "2026-03-03T10:00", "--key", "postbus")
    assert again.out == ran.out


def test_all_lines_accepted(store: Path, tmp_path: Path) -> None:
    assert run("submit", *FORM, lines(tmp_path / "a.jsonl", ANSWERS.answers)).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "geen geldige JSON"),
        ('{"a": 1', "kijk naar regel 1"),
        ("[]", "tussen accolades"),
        ('{"a": 1, "a": 2}', '"a" staat er twee keer in'),
        ('{"a": NaN}', "NaN is geen getal"),
        ('{"a": "\\ud800"}', "kunnen wij niet lezen"),
        ("[" * 100_000, "kunnen wij niet lezen"),
        ('{"a": ' + "9" * 5000 + "}", "kunnen wij niet lezen"),
        (b"\xff\xfe", "niet als UTF-8"),
        ('{"a": "' + "x" * 1_000_000 + '"}', "te groot"),
    ],
    ids=["empty", "half", "list", "double", "nan", "surrogate", "deep", "digits", "bytes", "large"],
)
def test_what_is_no_form_at_all(store: Path, content: str | bytes, said: str) -> None:
    ran = run("submit", *FORM, "-", text=content)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("de-lind", "beukenhof", "melden"), 'niet gepubliceerd; bedoelde u "de-linde"?'),
        (("de-linde", "beukehof", "melden"), 'niet gepubliceerd; bedoelde u "beukenhof"?'),
        (("de-linde", "zzz", "melden"), "kies uit beukenhof, eikenrode, thuis"),
        (("de-linde", "beukenhof", "meldne"), 'bestaat hier niet; bedoelde u "melden"?'),
    ],
)
def test_names_that_do_not_exist(store: Path, words: tuple[str, ...], said: str) -> None:
    ran = run("submit", *words, "-", text="{}")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_file_that_is_not_there(store: Path, tmp_path: Path) -> None:
    for name in ("weg.json", "weg.jsonl"):
        ran = run("submit", *FORM, tmp_path / name)
        assert ran.code == 2
        assert "kan niet gelezen worden" in ran.err


def test_nobody_submits_under_the_name_of_who_does_not_work_there(store: Path, tmp_path: Path) -> None:
    words = Submission(ANSWERS.answers, ("de-linde", "thuis", "dossier")).to_submit(tmp_path / "a.json")
    for name, said in [("sofie", '"sofie" kennen wij niet'), ("ria", '"ria" werkt niet in de-linde/thuis.')]:
        ran = run(*words, "--actor", name, "--now", "2026-03-02")
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err
        if name == "sofie":
            add_staff(store, "ria", "de-linde/beukenhof:onthaal")


def add_staff(store: Path, name: str, role: str) -> None:
    runtime = open_runtime(store)
    add_account(runtime, QuickHasher(), Account(name, name.title(), "", "", (role,)), "lindebloesem")
    runtime.store.close()


def test_staff_submits_under_a_name(store: Path, tmp_path: Path) -> None:
    add_staff(store, "sofie", "de-linde/thuis:onthaal")
    answers = {**ANSWERS.answers, "drager": ["telefoon"], "ontvangstdatum": "2026-03-01"}
    words = Submission(answers, ("de-linde", "thuis", "dossier")).to_submit(tmp_path / "a.json")
    ran = run(*words, "--actor", "sofie", "--now", "2026-03-02", "--format", "json")
    assert ran.code == 0, ran.out
    seen = run("dossier", ran.json()["number"], "--format", "json").json()
    assert seen["events"][0]["actor"] == "sofie"
    assert seen["values"]["ontvangstdatum"] == "2026-03-01"


def test_rows_from_a_file_and_what_is_refused_in_them(store: Path, tmp_path: Path) -> None:
    answers = {
        "uiteenzetting": "De soep was koud en de bel bleef stil.",
        "anoniem": "ja",
        "type_bericht": "klacht",
        "drager": ["brief"],
        "deelklachten": [
            {"omschrijving": "De soep", "ernst": 2},
            {"ernst": "9", "soort": "goud", "schoenmaat": 43},
        ],
    }
    words = Submission(answers, ("de-linde", "beukenhof", "dossier"))
    ran = run(*words.to_submit(tmp_path / "a.json"), "--format", "json")
    assert ran.code == 1
    unknown, *others = ran.json()["refused"]
    assert unknown == {
        "field": "deelklachten", "row": 2, "member": "schoenmaat",
        "label": "Deelklachten, rij 2, schoenmaat", "message": "Dit veld hoort niet bij dit formulier.",
    }  # fmt: skip
    assert [other["member"] for other in others] == ["omschrijving", "soort", "ernst"]
    answers["deelklachten"] = [{"omschrijving": "De soep", "ernst": 2}, {"ernst": "9", "soort": "goud"}]
    ran = run(*words.to_submit(tmp_path / "a.json"))
    assert ran.err.splitlines()[1:] == [
        "  Deelklachten, rij 2, Waarover gaat dit deel? (deelklachten): Beantwoord de vraag "
        "\u201cWaarover gaat dit deel?\u201d.",
        "  Deelklachten, rij 2, Soort (deelklachten): Kies een van de antwoorden uit de lijst.",
        "  Deelklachten, rij 2, Ernst (deelklachten): Het grootste getal is 5.",
    ]
    answers["deelklachten"] = [{"omschrijving": "De soep", "ernst": 2}, {}]
    receipt = run(*words.to_submit(tmp_path / "a.json"), "--format", "json").json()
    shown = run("dossier", receipt["number"])
    assert "  Deelklachten: Deelklacht 1: Waarover gaat dit deel? De soep; Ernst: 2" in shown.out.splitlines()
    values = run("dossier", receipt["number"], "--format", "json").json()["values"]
    assert values["deelklachten"] == [{"omschrijving": "De soep", "ernst": 2}]


def test_more_lines_than_go_together_are_answered_in_order(store: Path, tmp_path: Path) -> None:
    many = LINES_AT_ONCE * 2 + 3
    told: list[object] = [{**ANSWERS.answers, "uiteenzetting": f"Verhaal {number}"} for number in range(many)]
    told[LINES_AT_ONCE - 1] = {"soep": 1}
    told[LINES_AT_ONCE] = "geen formulier"
    file = lines(tmp_path / "in.jsonl", *told)
    words = ("submit", *FORM, str(file), "--key", "post", "--now", "2026-03-02")
    ran = run(*words)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, len(answers)) == (1, many)
    assert [one.get("line") for one in answers if "error" in one] == [LINES_AT_ONCE, LINES_AT_ONCE + 1]
    kept = [one["number"] for one in answers if "number" in one]
    assert kept == [f"BEU-2026-{number:04}" for number in range(1, many - 1)]
    assert run(*words).out == ran.out, "sent again, nothing is opened twice"
