"""A complaint that becomes strictly confidential, whom it disappears for, and who opens it in an emergency."""

from __future__ import annotations

from typing import Any

from tests.replay.scenario.complaints import by_phone
from tests.replay.scenario.directing import Director, Story


def with_levels(document: dict[str, Any]) -> None:
    """Change a canonical document of Beukenhof so that a level says for whom a dossier exists."""
    document["forms"]["dossier"]["properties"]["vertrouwelijkheid"]["meaning"] = "confidentiality"
    document["confidentiality"] = {
        "normaal": "everyone",
        "beperkt": {"exists-for": ["kwaliteitscoordinator", "algemeen-directeur"], "handler": True},
        "streng": {"exists-for": ["kwaliteitscoordinator", "algemeen-directeur"]},
    }
    document["emergency-access"] = {"number-of-hours": 4, "tell": ["kwaliteitscoordinator"]}
    document["rights"]["break-glass"] = ["dagelijks-verantwoordelijke"]


def kept_close(director: Director, agreement: str) -> Story:
    """After all else, so that nothing else has another number because of it. ``agreement``: its hash."""
    yield "2027-02-08 09:00"
    director.do("publish", agreements=[agreement], by="coordinator")
    by_phone(director, "streng", klager_naam="Wie bang is")
    director.do("assign", dossier="streng", to="tom", by="tom")
    yield "2027-02-08 10:00"
    director.fill("streng", "karin", vertrouwelijkheid="beperkt")
    director.do("look", dossier="streng", by="tom")
    director.do("look", dossier="streng", by="lies")
    director.fill("streng", "karin", vertrouwelijkheid="streng")
    for name in ("tom", "dirk", "karin"):
        director.do("look", dossier="streng", by=name)
    director.fill("streng", "tom", onderwerp="Iets anders")
    director.do("assign", dossier="streng", to="dirk", by="karin")
    number = director.player.dossiers["streng"].number
    emergency = {"dossier": "streng", "where": ["de-linde", "beukenhof"], "number": number}
    for name, why in (
        ("dirk", " "),
        ("tom", "Mag ik ook?"),
        ("dirk", "Er is gevaar en niemand is bereikbaar."),
    ):
        director.do("break glass", **emergency, by=name, reason=why)
    director.do("look", dossier="streng", by="dirk")
    yield "2027-02-08 14:30"
    director.do("look", dossier="streng", by="dirk")
    yield "2027-02-12 05:30"
    director.do("sweep")
    director.do("deliver")
