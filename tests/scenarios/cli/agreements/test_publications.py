"""``gehoor publish`` from a later day and again, and ``gehoor publications``."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap.register import open_runtime
from tests.support.cli_run import ANSWERS, Ran, run
from tests.support.places import ORGANISATIONS, copy_organisations

PLACE = "de-linde/beukenhof"


@pytest.fixture
def workspace(tmp_path: Path, store: Path) -> Path:
    """Return the working files beside a register in which they were published, with one term made shorter."""
    copy_organisations(tmp_path)
    file = tmp_path / "rules/de-linde/termijnen.yaml"
    file.write_text(file.read_text("utf-8").replace("binnen: 5 werkdagen", "binnen: 4 werkdagen"), "utf-8")
    return tmp_path


def publish(workspace: Path, *words: str) -> Ran:
    return run("publish", "--by", "Els", "de-linde", "--workspace", workspace, "--now", "2026-05-12", *words)


def listed(now: str = "2026-05-12") -> list[dict[str, object]]:
    found: list[dict[str, object]] = run("publications", PLACE, "--now", now, "--format", "json").json()[
        "publications"
    ]
    return found


def states(now: str = "2026-05-12") -> list[object]:
    return [one["state"] for one in listed(now)]


def opened_under(store: Path, now: str) -> str:
    made = run(*ANSWERS.to_submit(store.parent / "a.json"), "--now", now, "--format", "json").json()
    return str(run("dossier", made["dossier"], "--now", now, "--format", "json").json()["agreement"])


def test_from_the_first_of_next_month(workspace: Path, store: Path) -> None:
    said = publish(workspace, "--valid-from", "2026-06-01", "--by", "Overleg van mei").out.splitlines()
    assert "    De termijn “Ontvangstmelding versturen” gaat van 5 naar 4 werkdagen." in said
    assert any(line.endswith("gepubliceerd, geldt vanaf maandag 1 juni 2026") for line in said)
    old, new = (str(one["hash"]) for one in listed())
    assert opened_under(store, "2026-05-31T23:59") == old
    assert opened_under(store, "2026-06-01T00:00") == new
    assert (states("2026-05-31"), states("2026-06-01")) == (["in-force", "planned"], ["earlier", "in-force"])


def test_the_list_in_words(workspace: Path) -> None:
    publish(
        workspace, "--valid-from", "2026-06-01", "--review-before", "2026-12-01", "--by", "Overleg van mei"
    )
    old, new = (str(one["hash"])[:12] for one in listed())
    assert run("publications", PLACE, "--now", "2026-05-12").out.splitlines() == [
        PLACE,
        f"  {new}  gaat in op maandag 1 juni 2026",
        "    Gepubliceerd op dinsdag 12 mei 2026 om 00.00 uur, afgesproken door Overleg van mei.",
        "    Te herzien vóór dinsdag 1 december 2026.",
        f"  {old}  van kracht sinds donderdag 1 januari 2026",
        "    Gepubliceerd op donderdag 1 januari 2026 om 00.00 uur, afgesproken door team.",
        "    Te herzien vóór zaterdag 15 januari 2028.",
    ]
    late = run("publications", PLACE, "--now", "2026-12-01").out
    assert f"  {new}  van kracht sinds maandag 1 juni 2026, herziening te laat" in late.splitlines()
    assert "Te herzien vóór dinsdag 1 december 2026. Dat is nog niet gebeurd." in late


def test_all_departments_as_data(workspace: Path) -> None:
    found = run("publications", "--now", "2026-05-12", "--format", "json").json()["publications"]
    assert {one["organisation"] for one in found} == {"de-linde", "waterhof"}
    assert found[0] == {
        "organisation": "de-linde",
        "department": "beukenhof",
        "sequence": 1,
        "hash": found[0]["hash"],
        "by": "team",
        "published_at": "2025-12-31T23:00:00.000000Z",
        "valid_from": "2026-01-01",
        "review_before": "2028-01-15",
        "state": "in-force",
        "review_overdue": False,
    }


def test_publishing_for_an_earlier_day_says_what_it_overtakes(workspace: Path) -> None:
    publish(workspace, "--valid-from", "2026-06-01")
    planned = str(listed()[-1]["hash"])
    warned = run(
        "publish",
        "--by",
        "Els",
        "de-linde",
        "--workspace",
        ORGANISATIONS,
        "--now",
        "2026-05-13",
        "--valid-from",
        "2026-05-20",
    )
    sentence = f"  Let op: {planned[:12]}, dat op maandag 1 juni 2026 zou ingaan, gaat niet meer in."
    assert sentence in warned.out.splitlines()
    assert states("2026-06-02") == ["earlier", "overtaken", "in-force"]


def test_back_to_what_was_published_before(workspace: Path) -> None:
    publish(workspace)
    old, new = (str(one["hash"]) for one in listed())
    shown = run("publish", "--again", old[:8], "--what-if", "--now", "2026-05-13")
    assert (
        "    De termijn “Ontvangstmelding versturen” gaat van 4 naar 5 werkdagen." in shown.out.splitlines()
    )
    assert run("publish", "--again", old[:8], "--by", "directie", "--now", "2026-05-13").code == 0
    assert [one["hash"] for one in listed("2026-05-13")] == [old, new, old]
    assert (listed("2026-05-13")[-1]["by"], states("2026-05-13")[-1]) == ("directie", "in-force")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--again", "abcdef0123"), "er zijn geen gepubliceerde afspraken met deze code"),
        (("--again", "abc"), "schrijf minstens 6 tekens van een code"),
        (("de-linde", "--again", "abcdef"), "noem geen organisatie"),
        (("--valid-from", "2026-05-11"), "deze dag is voorbij"),
        (("--review-before", "2026-05-12"), "kies een dag na 2026-05-12"),
        (("--valid-from", "1 juni"), '"1 juni" is geen dag'),
        (("--valid-from", "2026-02-30"), '"2026-02-30" is geen dag'),
    ],
)
def test_what_cannot_be_published(workspace: Path, words: tuple[str, ...], sentence: str) -> None:
    ran = run("publish", "--by", "Els", *words, "--workspace", workspace, "--now", "2026-05-12")
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert states() == ["in-force"]


def test_one_code_for_two_agreements_is_refused(store: Path) -> None:
    (first,) = (str(one["hash"]) for one in listed())
    runtime = open_runtime(store)
    with runtime.store.transaction() as tables:
        (kept,) = tables.select("publications", where={"agreement": first})
        twin = first[:10] + "0" * 54
        tables.insert("publications", "de-linde/beukenhof/000002", {**kept, "sequence": 2, "agreement": twin})
    runtime.store.close()
    ran = run("publish", "--by", "Els", "--again", first[:8])
    assert ran.code == 2
    assert "meer afspraken beginnen zo" in ran.err


def test_what_is_not_valid_yet_takes_in_nothing(tmp_path: Path, store: Path) -> None:
    file = tmp_path / "nieuw.db"
    words = ("--workspace", ORGANISATIONS, "--store", file)
    run("publish", "--by", "Els", *words, "--now", "2026-05-12", "--valid-from", "2026-06-01")
    ran = run(*ANSWERS.to_submit(tmp_path / "a.json"), "--store", file, "--now", "2026-05-31")
    assert ran.code == 1
    assert ran.err == "De afspraken van de-linde/beukenhof gaan pas in op maandag 1 juni 2026.\n"


def test_a_department_that_was_not_published(store: Path) -> None:
    ran = run("publications", "de-linde/beukenhoff")
    assert ran.code == 2
    assert 'bedoelde u "beukenhof"?' in ran.err


def test_the_text_of_the_agreement_says_that_the_review_is_late(workspace: Path) -> None:
    publish(workspace, "--review-before", "2026-12-01")
    code = str(listed()[-1]["hash"])
    words = ("agreement", PLACE, "--workspace", workspace, "--now", "2026-12-01")
    notice = "De afspraken van WZC Beukenhof moesten herzien zijn vóór dinsdag 1 december 2026."
    assert notice in run(*words, "--published", code[:12]).out.splitlines()
    assert f"<strong>{notice}</strong>" in run(*words, "--published", code[:12], "--html").out
    # The files themselves say 2028.
    assert notice not in run(*words).out


def test_who_has_a_role_that_goes_is_named(workspace: Path) -> None:
    file = workspace / "definitions/de-linde/organisatie.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("rollen:\n", "rollen:\n  arts:\n    naam: Arts\n", 1), "utf-8")
    publish(workspace)
    given = (
        "--name",
        "An Claes",
        "--email",
        "an@delinde.example",
        "--role",
        f"{PLACE}:arts",
        "--password-stdin",
    )
    assert run("user", "add", "an", *given, text="een lang wachtwoord van An\n").code == 0
    file.write_text(text, "utf-8")
    said = publish(workspace, "--what-if").out
    assert 'Let op: de rol "Arts" is weg, en an heeft ze nog.' in said
    assert said.count("Let op: de rol") == 1
