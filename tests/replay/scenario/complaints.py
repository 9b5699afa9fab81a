"""Complaints at De Linde from their first word to their last, each another way."""

from __future__ import annotations

from typing import Any

from tests.replay.scenario.directing import Director, Story
from tests.replay.scenario.people import LINDE

BEUKENHOF = (LINDE, "beukenhof")
STORY = "Zondag om 11 uur zat mama nog in haar pyjama en op haar bel kwam een uur lang niemand."
PHONE: dict[str, Any] = {
    "uiteenzetting": STORY,
    "onderwerp": "Bel niet beantwoord",
    "type_bericht": "klacht",
    "anoniem": "nee",
    "klager_naam": "Peeters",
    "klager_telefoon": "0470 12 34 56",
    "drager": ["telefoon"],
    "indieningsvorm": "mondeling",
}
WEB: dict[str, Any] = {
    "uiteenzetting": "De soep was drie keer koud deze week.",
    "anoniem": "nee",
    "klager_naam": "Els Peeters",
    "klager_email": "els@voorbeeld.be",
}
REGISTERED: dict[str, Any] = {
    "onderwerp": "Bel niet beantwoord",
    "mondeling_verslag": "Voorgelezen en bevestigd.",
}
INVESTIGATED: dict[str, Any] = {
    "gesignaleerde_feiten": "De bel ging om 10.02 uur en om 11.05 uur kwam iemand.",
    "omstandigheden": "Twee van de vijf medewerkers waren ziek.",
    "mogelijke_oorzaken": ["onderbezetting"],
    "soort_klacht_hoofd": "zorg_begeleiding",
    "ernst": 3,
    "herhaalkans": 3,
    "nadeel_schade": ["emotioneel"],
    "eerdere_klachten_persoon": "geen",
    "gelijkaardige_klachten": "geen",
    "gegrondheid_motivering": "Zoals het rooster en de bel laten zien.",
}
ANSWERED: dict[str, Any] = {
    "besluit": "De klacht is gegrond.",
    "antwoord_motivering": "De bel bleef te lang onbeantwoord.",
    "objectieve_gegevens": ["oproepregistratie", "dienstrooster"],
    "verontschuldiging": ["schriftelijk"],
    "maatregelen_individueel_meegedeeld": "Uw moeder wordt als eerste geholpen.",
    "acties_structureel_meegedeeld": "Er komt een tweede vlinderdienst.",
    "tweede_lijn_vermeld": "ja",
    "antwoord_wijze": "brief",
}


def by_phone(director: Director, dossier: str, **answers: Any) -> Any:
    """Have the desk of Beukenhof register a call. An answer of None is left out."""
    given = {name: one for name, one in {**PHONE, **answers}.items() if one is not None}
    return director.do(
        "open", id=dossier, where=[*BEUKENHOF, "dossier"], answers=given, key=f"key-{dossier}", by="ria",
        name="Ria Onthaal",
    )  # fmt: skip


def on_the_website(
    director: Director, dossier: str, where: tuple[str, str] = BEUKENHOF, **answers: Any
) -> Any:
    """Have someone tell it on the website. An answer of None is left out."""
    given = {name: one for name, one in {**WEB, **answers}.items() if one is not None}
    return director.do("open", id=dossier, where=[*where, "melden"], answers=given, key=f"key-{dossier}")


def founded(director: Director) -> Story:
    """A founded complaint: investigated, answered with excuses, put right, prevented, asked after, and closed."""
    case = "bel"
    yield "2026-01-12 14:10"
    by_phone(director, case)
    # The same form, sent once more.
    by_phone(director, case)
    yield "2026-01-13 09:00"
    director.fill(case, "tom", registratiedatum="2026-01-13", onderwerp=None)
    director.fill(case, "tom", registratiedatum="2026-01-13", **REGISTERED)
    director.do("assign", dossier=case, to="karin", by="tom", note="Voor jou", before="")
    yield "2026-01-16 11:20"
    director.fill(case, "karin", ontvangstmelding_op="2026-01-16")
    director.fill(case, "karin", ontvangstmelding_op="2026-01-16", ontvangstmelding_wijze="brief")
    director.fill(case, "karin", uiteenzetting="Een ander verhaal.")
    yield "2026-01-28 15:00"
    director.fill(case, "karin", onderzoek_afgerond_op="2026-01-28", gegrondheid="gegrond")
    director.fill(case, "karin", onderzoek_afgerond_op="2026-01-28", gegrondheid="gegrond", **INVESTIGATED)
    director.do("look", dossier=case, by="ria")
    director.do("look", dossier=case, by="karin")
    yield "2026-02-03 16:40"
    director.fill(case, "karin", antwoord_datum="2026-02-03")
    director.fill(case, "karin", antwoord_datum="2026-02-03", **ANSWERED)
    yield "2026-02-05 10:00"
    measure = {"type": "schadeloosstelling", "omschrijving": "Een tegoedbon.", "streefdatum": "2026-02-20"}
    action = {"type": "team", "omschrijving": "Vlinderdienst op zondag.", "actiehouder": "Lies"}
    director.fill(
        case, "karin", herstelmaatregelen=[measure], verbeteracties=[action], oplossing="opgelost",
        deelklachten=[{"omschrijving": "De bel", "gegrondheid": "gegrond", "ernst": 2}, {"soort": "eigendom"}],
    )  # fmt: skip
    director.fill(case, "karin", herstelmaatregelen=[measure], verbeteracties=[action], oplossing="opgelost")
    yield "2026-02-06 09:00"
    director.fill(case, "karin", afgesloten_op="2026-02-06", afsluitreden="beantwoord")
    yield "2026-02-20 09:30"
    director.fill(case, "sofie", nazorg_contact_op="2026-02-19", nazorg_verhaal="Het gaat beter.")
    director.fill(
        case, "sofie", nazorg_contact_op="2026-02-19", nazorg_verhaal="Het gaat beter.", afspraken_nagekomen="ja",
        tevreden_afhandeling=4,
    )  # fmt: skip
    director.fill(case, "karin", tevreden_afhandeling=5)
    yield "2026-02-27 13:00"
    done = {"uitgevoerd_op": "2026-02-18", "bedrag": "25,50"}
    involved = {
        "uitgevoerd_op": "2026-02-26",
        "betrokken_medewerkers": "Het hele team",
        "leidinggevende": "Lies",
    }
    director.fill(
        case, "karin", herstelmaatregelen=[{**measure, **done}], verbeteracties=[{**action, **involved}],
        afgesloten_op="2026-02-27", afsluitreden="beantwoord",
    )  # fmt: skip
    director.do("assign", dossier=case, to="dirk", by="karin")
    yield "2026-03-16 10:00"
    director.do("reopen", dossier=case, reason=" ", by="karin")
    director.do("reopen", dossier=case, reason="De familie wijst op een nieuw feit.", by="karin")
    director.do("reopen", dossier=case, reason="Nog eens.", by="karin")
    yield "2026-04-02 10:00"
    director.fill(case, "karin", besluit="Ook na heropening gegrond.", antwoord_datum="2026-04-02")
    director.fill(case, "karin", afgesloten_op="2026-04-02", afsluitreden="beantwoord")


def dangerous(director: Director) -> Story:
    """Danger: the director hears at once; a duty is waived, owed again and done; an approval lapses and comes again."""
    case = "gevaar"
    yield "2026-03-27 23:40"
    director.do(
        "open", id=case, where=[*BEUKENHOF, "dossier"], key="key-gevaar", by="ria", name="Ria Onthaal",
        proposal=["klacht", "gevaar"],
        answers={**PHONE, "acuut_gevaar": "ja", "vertrouwelijkheid": "normaal", "onderwerp": "Val in de badkamer"},
    )  # fmt: skip
    director.fill(case, "tom", registratiedatum="2026-03-27")
    yield "2026-03-29 03:30"
    director.do("sweep")
    yield "2026-03-30 09:00"
    director.fill(
        case, "tom", registratiedatum="2026-03-30", gevaar_gemeld_aan=["directie", "arts"], **REGISTERED
    )
    director.fill(case, "ann", gevaar_eerste_actie_op="2026-03-28T08:15")
    yield "2026-04-08 10:00"
    heavy = {**INVESTIGATED, "ernst": 5, "herhaalkans": 4, "nadeel_schade": ["lichamelijk", "materieel"]}
    director.fill(case, "karin", onderzoek_afgerond_op="2026-04-08", gegrondheid="deels_gegrond", **heavy)
    heavy["ernst_motivering"] = "Heup gebroken."
    director.fill(case, "karin", onderzoek_afgerond_op="2026-04-08", gegrondheid="deels_gegrond", **heavy)
    yield "2026-04-09 10:00"
    duty = "schade-naar-verzekeraar/0"
    director.do("waive duty", dossier=case, duty=duty, by="karin")
    director.do("waive duty", dossier=case, duty=duty, by="karin", reason="Niet verzekerd.")
    director.do("owe duty again", dossier=case, duty=duty, by="dirk", reason="Toch wel.")
    director.do("finish duty", dossier=case, duty="onbekend/0", by="dirk")
    yield "2026-04-15 10:00"
    director.fill(case, "karin", **{**ANSWERED, "antwoord_datum": "2026-04-15"})
    director.do("finish duty", dossier=case, duty=duty, by="dirk", reason="Gebeld met de makelaar.")
    director.fill(case, "karin", **ANSWERED)
    _, _, decision = director.decision(case)
    approval = decision.approvals[0].key
    director.do("approve", dossier=case, approval=approval, by="karin")
    director.do("approve", dossier=case, approval="onbekend", by="ann")
    director.fill(case, "ann", besluit="De klacht is deels gegrond.")
    director.do("approve", dossier=case, approval=approval, by="ann", note="Ik keur goed.")
    director.do("approve", dossier=case, approval=approval, by="gert", note="Ik keur goed.")
    yield "2026-04-16 10:00"
    director.fill(case, "karin", antwoord_datum="2026-04-16", besluit="Anders besloten.")
    director.fill(case, "karin", besluit="Anders besloten.")
    director.do("approve", dossier=case, approval=approval, by="gert")
    director.do("approve", dossier=case, approval=approval, by="gert")
    director.fill(case, "karin", antwoord_datum="2026-04-16")
    director.do("look", dossier=case, by="tom")


def stretched(director: Director) -> Story:
    """A term stands still and lasts longer, with all that is not allowed."""
    case = "wachten"
    yield "2026-04-20 10:00"
    by_phone(
        director, case, ontvangstdatum="2026-04-17", ontvangst_tijdstip="16:30", datum_op_stuk="2026-04-16"
    )
    yield "2026-04-24 10:00"
    term = {"dossier": case, "term": "antwoord", "by": "karin"}
    director.do("suspend", **{**term, "term": "registratie"}, reason="wachten-op-klager")
    director.do("suspend", **term, reason="vakantie")
    director.do("suspend", **term, reason="wachten-op-klager", day="2026-04-30")
    director.do("suspend", **term, reason="wachten-op-klager", day="2026-04-23")
    director.do("suspend", **term, reason="wachten-op-externe")
    director.do("extend", **term, reason="Ziek", told="2026-04-24")
    yield "2026-05-04 10:00"
    director.do("resume", **term, day="2026-05-20")
    director.do("resume", **term)
    director.do("resume", **term)
    yield "2026-05-20 10:00"
    director.do("extend", **term, reason=" ", told="2026-05-20")
    director.do("extend", **term, reason="Expert met verlof")
    director.do("extend", **term, reason="Expert met verlof", told="2026-05-20")
    director.do("extend", **term, reason="Nog langer", told="2026-05-20", consent="2026-05-20")
    yield "2026-06-03 10:00"
    director.do("suspend", **term, reason="gerechtelijk-onderzoek")
    yield "2026-08-20 10:00"
    director.do("extend", **term, reason="Te laat", told="2026-08-20")
    director.fill(case, "dirk", registratiedatum="2026-08-20", **REGISTERED)
    late = "De familie was onbereikbaar."
    director.fill(
        case, "dirk", registratiedatum="2026-08-20", registratie_te_laat_reden=late, **REGISTERED
    )  # fmt: skip
    director.fill(case, "dirk", gegrondheid="ongegrond", onderzoek_afgerond_op="2026-08-20", **INVESTIGATED)
    director.fill(case, "dirk", antwoord_datum="2026-08-20", besluit="Ongegrond.", antwoord_wijze="brief")


def withdrawn(director: Director) -> Story:
    """Withdrawn, merged, referred, or something else after all: closed without an answer."""
    yield "2026-02-10 08:50"
    for case in ("ingetrokken", "samengevoegd", "doorverwezen"):
        by_phone(
            director,
            case,
            klager_naam=case.title(),
            klager_telefoon=None,
            klager_email=f"{case}@voorbeeld.be",
        )
    yield "2026-02-11 09:00"
    for case in ("ingetrokken", "samengevoegd"):
        director.fill(case, "tom", registratiedatum="2026-02-11", **REGISTERED)
    director.fill(
        "doorverwezen", "tom", type_bericht="anders", kwalificatie_motivering="Een zaak van de bank."
    )
    yield "2026-02-17 10:00"
    director.fill("ingetrokken", "karin", afgesloten_op="2026-02-17", afsluitreden="ingetrokken")
    director.fill(
        "ingetrokken", "karin", geen_antwoord_reden="ingetrokken", **INVESTIGATED, gegrondheid="onduidelijk"
    )
    director.fill(
        "ingetrokken", "karin", onderzoek_afgerond_op="2026-02-17", afgesloten_op="2026-02-17",
        afsluitreden="ingetrokken", reason="Zij vroeg zelf om te stoppen.",
    )  # fmt: skip
    director.fill("samengevoegd", "karin", afgesloten_op="2026-02-17", afsluitreden="samengevoegd")
    director.fill("samengevoegd", "karin", geen_antwoord_reden="andere", afsluitreden="samengevoegd")
    director.fill("doorverwezen", "ria", doorverwezen_op="2026-02-17")
    director.fill("doorverwezen", "ria", doorverwezen_naar="De bank", doorverwezen_op="2026-02-17")
    director.fill("doorverwezen", "ria", afgesloten_op="2026-02-17", afsluitreden="doorverwezen")
    director.fill(
        "doorverwezen", "ria", afgesloten_op="2026-02-17", afsluitreden="doorverwezen",
        reason="De bank antwoordt zelf.",
    )  # fmt: skip
    yield "2026-02-18 10:00"
    for case in ("ingetrokken", "samengevoegd", "doorverwezen"):
        director.fill(
            case, "dirk", afgesloten_op="2026-02-18", registratiedatum="2026-02-18", onderwerp="Klaar"
        )


def other_kinds(director: Director) -> Story:
    """What is no complaint has terms of its own."""
    yield "2026-05-11 13:00"
    for kind in ("opmerking", "suggestie", "melding"):
        by_phone(director, kind, type_bericht=kind, klager_naam=f"Van {kind}", drager=["gesprek", "brief"])
    yield "2026-05-13 09:00"
    director.fill("melding", "tom", antwoord_datum="2026-05-13", antwoord_wijze="mondeling")
    director.fill("melding", "tom", registratiedatum="2026-05-13", **REGISTERED)
    director.fill("melding", "tom", antwoord_datum="2026-05-13", antwoord_wijze="mondeling")
    director.fill("melding", "tom", afgesloten_op="2026-05-13")
    director.fill(
        "melding", "tom", afgesloten_op="2026-05-13", afsluitreden="geen_klacht", reason="Het is besproken."
    )
    director.fill("suggestie", "tom", type_bericht="klacht", ernst=2)
    yield "2026-05-26 09:00"
    director.fill("suggestie", "tom", type_bericht="suggestie")
    director.fill("opmerking", "tom", registratiedatum="2026-05-26")
    why = "Iedereen was op vorming."
    director.fill(
        "opmerking", "tom", registratiedatum="2026-05-26", registratie_te_laat_reden=why, **REGISTERED
    )
    director.fill("opmerking", "tom", antwoord_datum="2026-05-25", antwoord_wijze="email")
    director.fill(
        "opmerking", "tom", afgesloten_op="2026-05-26", afsluitreden="geen_klacht", reason="Het is besproken."
    )
