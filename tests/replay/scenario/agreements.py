"""Agreements that change while dossiers run, and another organisation with agreements of its own."""

from __future__ import annotations

from typing import Any

from tests.replay.scenario.complaints import ANSWERED, INVESTIGATED, REGISTERED, by_phone
from tests.replay.scenario.directing import Director, Story
from tests.replay.scenario.people import WATERHOF

FORMAL: dict[str, Any] = {
    "uiteenzetting": "Op 14 januari is de insuline van mijn vrouw niet gegeven.",
    "anoniem": False,
    "klager_naam": "De Vries",
    "klager_email": "devries@voorbeeld.nl",
    "drager": ["brief"],
    "type_bericht": "klacht",
}


def changed(director: Director, before: str, after: str, later: str) -> Story:
    """De Linde agrees on other terms; some dossiers move to them, with a reason. Given are hashes of agreements."""
    yield "2026-04-27 09:00"
    cases = [f"verhuist-{number}" for number in (1, 2, 3)]
    for case in cases:
        by_phone(director, case, klager_naam=case)
    director.do("suspend", dossier=cases[2], term="antwoord", by="karin", reason="wachten-op-klager")
    yield "2026-04-28 09:00"
    director.do("publish", agreements=[after], by="coordinator")
    director.do("publish", agreements=[later], by="coordinator", valid_from="2026-07-01")
    director.do("publish", agreements=[later], by="coordinator", valid_from="2026-04-01")
    by_phone(director, "nieuw", klager_naam="Na de verandering")
    yield "2026-04-29 09:00"
    move = {
        "dossier": cases[0],
        "to": after,
        "reason": "Zo is het met de familie afgesproken.",
        "by": "operator:els",
    }
    director.do("rehearse repin", **move)
    director.do("repin", **{**move, "reason": " "})
    director.do("repin", **{**move, "to": later})
    director.do("repin", **{**move, "to": before})
    director.do("repin", **{**move, "version": 99})
    director.do("repin", **move)
    director.do("repin", **{**move, "to": before, "reason": "Terug."})
    director.do("repin", **{**move, "dossier": cases[2]})
    director.do("repin", **{**move, "dossier": "bel"})
    director.do("resume", dossier=cases[2], term="antwoord", by="karin", day="2026-04-26")
    director.do("resume", dossier=cases[2], term="antwoord", by="karin", day="2026-04-28")
    director.do("suspend", dossier=cases[2], term="antwoord", by="karin", reason="wachten-op-externe")
    director.do("resume", dossier=cases[2], term="antwoord", by="karin")
    yield "2026-07-06 09:00"
    director.do("repin", **{**move, "dossier": cases[1], "to": later})
    by_phone(director, "zomer", klager_naam="In de zomer", leefgroep="Eik")
    director.fill(cases[1], "dirk", leefgroep="Eik", registratiedatum="2026-07-06", **REGISTERED)
    director.do("repin", **{**move, "dossier": cases[1], "to": after})
    director.do("look", dossier=cases[1], by="dirk")


def in_holland(director: Director) -> Story:
    """A formal complaint, a discontent, and someone without a name at Waterhof."""

    def received(case: str, by: str, day: str, department: str = "wijk", **answers: Any) -> None:
        director.do(
            "open", id=case, where=[WATERHOF, department, "dossier"], key=f"key-{case}", by=by, name=by.title(),
            answers={**FORMAL, "ontvangstdatum": day, **answers},
        )  # fmt: skip

    yield "2026-02-20 12:00"
    received("formeel", "wim", "2026-02-20", spoor="formeel", financiering="Zvw")
    received("ongenoegen", "wim", "2026-02-19", spoor="ongenoegen")
    received("wijk-melding", "tess", "2026-02-20", "verpleeghuis", type_bericht="melding")
    received("nacht", "wim", "2026-02-20", "verpleeghuis", acuut_gevaar=True, spoor="formeel")
    director.do(
        "open", id="stil", where=[WATERHOF, "dagbesteding", "melden"], key="key-stil",
        answers={"uiteenzetting": "Er wordt geschreeuwd.", "anoniem": "ja"},
    )  # fmt: skip
    yield "2026-02-23 10:00"
    director.fill("formeel", "olga", registratiedatum="2026-02-23", **REGISTERED)
    director.fill("ongenoegen", "tess", registratiedatum="2026-02-23", **REGISTERED)
    director.fill("wijk-melding", "tess", antwoord_datum="2026-02-23", antwoord_wijze="mondeling")
    director.fill("wijk-melding", "tess", registratiedatum="2026-02-23", onderwerp="Lekkende kraan")
    director.fill("wijk-melding", "tess", antwoord_datum="2026-02-23", antwoord_wijze="mondeling")
    director.fill(
        "nacht", "mia", gevaar_gemeld_aan=["toezichthouder"], gevaar_eerste_actie_op="2026-02-21T07:00"
    )
    director.do("assign", dossier="formeel", to="olga", by="wim", note="Onafhankelijk onderzoek")
    yield "2026-03-20 10:00"
    longer = {"dossier": "formeel", "term": "antwoord", "by": "ruud", "reason": "Deskundige nodig"}
    director.do("extend", **longer)
    director.do("extend", **longer, told="2026-03-20")
    director.do("extend", **longer, told="2026-03-20")
    director.do("extend", **longer, told="2026-03-20", consent="2026-03-20")
    director.do("suspend", **{**longer, "reason": "wachten-op-klager"})
    director.fill("ongenoegen", "wim", spoor="formeel")
    yield "2026-04-13 10:00"
    found = {name: value for name, value in INVESTIGATED.items() if name != "herhaalkans"}
    director.fill("formeel", "olga", gegrondheid="gegrond", onderzoek_afgerond_op="2026-04-13", **found)
    yield "2026-05-29 10:00"
    director.fill("formeel", "ruud", antwoord_datum="2026-05-29", **ANSWERED)
    director.fill("formeel", "ruud", antwoord_datum="2026-05-29", realisatie_op="2026-09-01", **ANSWERED)
    yield "2026-06-15 10:00"
    director.fill(
        "formeel", "wim", nazorg_contact_op="2026-06-15", nazorg_verhaal="Goed.", afspraken_nagekomen="deels"
    )
    director.do("look", dossier="formeel", by="wim")
    director.do("look", dossier="formeel", by="ria")
    director.do("reopen", dossier="formeel", reason="Nog niet dicht.", by="wim")
