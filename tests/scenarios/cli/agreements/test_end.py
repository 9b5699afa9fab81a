"""``gehoor end``: what is said when a department stops."""

from __future__ import annotations

from pathlib import Path

from tests.support.cli_run import ANSWERS, run

NOW = ("--now", "2026-03-02 10:00")


def test_what_still_runs_is_named(store: Path, tmp_path: Path) -> None:
    run(*ANSWERS.to_submit(tmp_path / "a.json"), *NOW)
    ran = run("end", "de-linde/beukenhof", "--by", "directie", *NOW)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "de-linde/beukenhof neemt niets nieuws meer aan vanaf maandag 2 maart 2026.",
        "Daar loopt nog 1 dossier, dat doorgaat:",
        "  BEU-2026-0001  niemand behandelt dit",
    ]
    refused = run(*ANSWERS.to_submit(tmp_path / "b.json"), "--now", "2026-03-03")
    assert (refused.code, "is gestopt en neemt niets meer aan" in refused.err) == (1, True)
    assert run("end", "de-linde/beukenhof", "--by", "directie", "--now", "2026-03-03").code == 1
    listed = run("publications", "de-linde/beukenhof", "--now", "2026-03-03")
    assert "gestopt sinds maandag 2 maart 2026" in listed.out


def test_first_only_what_it_would_come_to(store: Path) -> None:
    ran = run("end", "de-linde/eikenrode", "--what-if", "--valid-from", "2026-04-01", *NOW)
    assert ran.out.splitlines() == [
        "de-linde/eikenrode zou niets nieuws meer aannemen vanaf woensdag 1 april 2026.",
        "Er loopt daar niets meer.",
    ]
    assert "gestopt" not in run("publications", "de-linde/eikenrode", *NOW).out


def test_what_is_missing_or_wrong_is_told(store: Path) -> None:
    assert "zeg wie dit besliste" in run("end", "de-linde/beukenhof", *NOW).err
    assert (
        "--valid-from"
        in run("end", "de-linde/beukenhof", "--by", "x", "--valid-from", "2026-03-01", *NOW).err
    )
    assert run("end", "de-linde/beukenhoff", "--by", "x", *NOW).code != 0


def test_what_was_ended_stays_closed_when_the_files_are_published_until_somebody_says_otherwise(
    store: Path,
) -> None:
    run("end", "de-linde/beukenhof", "--by", "directie", *NOW)
    again = ("publish", "de-linde", "--by", "directie", "--now", "2026-03-10")
    rehearsed = run(*again, "--what-if", "--format", "json")
    assert "de-linde/beukenhof is gestopt en blijft dicht." in rehearsed.err
    would = [one["department"] for one in rehearsed.json()["would-publish"]]
    assert "beukenhof" not in would
    assert "eikenrode" in would
    assert "--reopen de-linde/beukenhof" in run(*again).err
    assert run("end", "de-linde/beukenhof", "--by", "directie", "--now", "2026-03-11").code == 1, (
        "it is ended"
    )
    opened = run(*again, "--reopen", "de-linde/beukenhof")
    assert (opened.code, "de-linde/beukenhof is gestopt en gaat weer open." in opened.err) == (0, True)
    assert run("end", "de-linde/beukenhof", "--by", "directie", "--now", "2026-03-11").code == 0
    wrong = run(*again, "--reopen", "de-linde/nergens")
    assert (wrong.code, "staat niet in de bestanden" in wrong.err) == (2, True)
