"""Several people at one dossier: who has it, who may not know of it, who was first; and who writes with a code."""

from __future__ import annotations

from typing import Any

from tests.replay.scenario.complaints import ANSWERED, INVESTIGATED, REGISTERED, WEB, by_phone, on_the_website
from tests.replay.scenario.directing import Director, Story
from tests.replay.scenario.people import LINDE

PAPER = b"Zo stond het op het bord."


def anonymous(director: Director) -> Story:
    """Someone without a name writes to and fro with the code, and follows how far it is."""
    yield "2026-02-23 21:15"
    told = {"anoniem": "ja", "klager_naam": None, "klager_email": None}
    code = on_the_website(director, "naamloos", **told)["receipt"][2]
    again = on_the_website(director, "naamloos", **told)["receipt"][2]
    assert again == code
    on_the_website(director, "half", **{**told, "klager_naam": "Toch een naam", "uiteenzetting": "  "})
    on_the_website(director, "half", **{**told, "klager_naam": "Toch een naam"})
    director.do("follow", code=code)
    director.do("follow", code=f" {code.lower().replace('-', ' ')} ")
    director.do("follow", code="0000-0000-0000-0000")
    director.do("write to us", dossier="naamloos", text="  Het gebeurde weer.  ", key="m-1")
    director.do("write to us", dossier="naamloos", text="Het gebeurde weer.", key="m-1")
    director.do("write to us", dossier="naamloos", text=" ", key="m-2")
    director.do("write to us", dossier="naamloos", text="x" * 5001, key="m-3")
    director.do("write to us", dossier="niemand", text="Hallo", key="m-4")
    yield "2026-02-24 09:00"
    director.do("assign", dossier="naamloos", to="tom", by="tom")
    director.do("write back", dossier="naamloos", text="Op welke dag was dat?", key="m-5", by="tom")
    director.do("write back", dossier="naamloos", text="Op welke dag was dat?", key="m-5", by="tom")
    yield "2026-02-25 19:00"
    director.do("write to us", dossier="naamloos", text="Dinsdag.", key="m-6")
    director.do("follow", code=code)
    yield "2026-02-26 09:00"
    told = {"onderwerp": "Koude soep", "registratie_te_laat_reden": "Wij wachtten op een antwoord."}
    director.fill("naamloos", "tom", registratiedatum="2026-02-26", **told)
    director.fill(
        "naamloos", "karin", **INVESTIGATED, gegrondheid="ongegrond", onderzoek_afgerond_op="2026-02-26"
    )
    director.fill(
        "naamloos", "karin", antwoord_datum="2026-02-26", **{**ANSWERED, "antwoord_wijze": "volgcode"}
    )
    director.fill(
        "naamloos",
        "karin",
        nazorg_nvt_reden="anoniem",
        afgesloten_op="2026-02-26",
        afsluitreden="beantwoord",
        reason="Er is geen adres om iets naar te sturen.",
    )
    yield "2026-03-03 09:00"
    director.do("follow", code=code)
    director.do("write to us", dossier="naamloos", text="Dank u.", key="m-7")
    # They tell who they are, and then not.
    director.fill("half", "ria", anoniem="nee")
    director.fill("half", "ria", anoniem="nee", klager_naam="Jan Smet", klager_telefoon="0470 00 00 01")
    director.fill("half", "ria", anoniem="ja")


def handed_over(director: Director) -> Story:
    """A dossier is taken, handed over, given back; given with others; and taken away for a conflict of interest."""
    yield "2026-03-09 09:00"
    cases = [f"overdracht-{number}" for number in (1, 2, 3)]
    for number, case in enumerate(cases):
        by_phone(
            director,
            case,
            klager_naam=f"Familie {number}",
            uiteenzetting=f"De was kwam {number} keer te laat.",
        )
    first = {"dossier": cases[0]}
    director.do("assign", **first, to="tom", by="tom", before="")
    director.do("assign", **first, to="karin", by="ria", before="")
    director.do("assign", **first, to="karin", by="ria", before="tom", note=" Jij kent de familie. ")
    director.do("assign", **first, to="koen", by="ria")
    director.do("assign", **first, to="karin", by="ria")
    director.do("assign", **first, to="", by="karin")
    director.do("assign", **first, to="karin", by="karin")
    director.do("assign many", dossiers=[*cases, cases[0], "bel", "onbekend"], to="lies", by="dirk")
    yield "2026-03-10 09:00"
    director.fill(cases[0], "dirk", voorwerp="persoon", aangeklaagde_medewerkers=["lies", "onbekend"])
    director.fill(cases[0], "dirk", voorwerp="persoon", aangeklaagde_medewerkers=["lies"])
    director.fill(cases[1], "karin", belangenconflict=["lies", "karin"])
    director.fill(cases[1], "karin", onderwerp="Mag ik nog?")
    director.do("look", dossier=cases[1], by="karin")
    director.do("look", dossier=cases[1], by="dirk")
    director.do("assign", dossier=cases[1], to="karin", by="dirk")
    director.fill(cases[2], "lies", aangeklaagde_medewerkers=["dirk"])
    director.fill(cases[2], "ann", aangeklaagde_medewerkers=["dirk"], belangenconflict=["lies"])
    yield "2026-05-04 09:00"
    director.fill(cases[1], "dirk", belangenconflict=None)
    director.fill(cases[1], "karin", registratiedatum="2026-05-04", **REGISTERED)


def at_once(director: Director) -> Story:
    """Two people fill in one dossier from the same page."""
    case = "tegelijk"
    yield "2026-05-18 10:00"
    by_phone(director, case)
    director.fill(case, "tom", onderwerp="Het onderwerp van Tom", klager_voornaam="An")
    director.fill(case, "ria", 1, onderwerp="Het onderwerp van Ria")
    director.fill(case, "ria", 1, onderwerp="Het onderwerp van Tom", klager_gemeente="Gent")
    director.fill(case, "ria", 2, onderwerp="Bel niet beantwoord", klager_postcode="9000")
    director.fill(case, "ria", 3, klager_voornaam=None)
    director.fill(case, "tom", feiten_van="2026-06-01", registratiedatum="2026-05-18", **REGISTERED)
    director.fill(
        case, "tom", feiten_van="2024-03-01", feiten_tot="2024-04-01", ernst="veel", klager_email="geen"
    )
    director.fill(case, "tom", feiten_van="2024-03-01", feiten_tot="2024-04-01", bestaat_niet="x")
    director.fill(case, "tom", feiten_van="2024-03-01", feiten_tot="2024-04-01", tevreden_afhandeling=3)
    director.fill(case, "tom", feiten_van="2024-03-01", feiten_tot="2024-04-01")
    director.fill(case, "tom", feiten_van="2024-03-01")
    director.fill(case, "tom", ontvangstdatum="2027-01-01")
    director.do("keep typed", dossier=case, by="tom", version=2, typed=[["onderwerp", "Half ge"]])
    yield "2026-05-19 10:00"
    director.do("read typed", dossier=case, by="tom")
    director.do("read typed", dossier=case, by="ria")
    yield "2026-06-22 10:00"
    director.do("read typed", dossier=case, by="tom")


def file(name: str, content: bytes = PAPER, kind: str = "txt") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a file as it comes in, and as it stands in an answer."""
    media_type = {"txt": "text/plain", "pdf": "application/pdf"}[kind]
    came = {"id": f"file-{name}", "name": f"{name}.{kind}", "kind": kind, "content": content.decode()}
    return came, {"id": came["id"], "name": came["name"], "type": media_type, "size": len(content)}


def with_files(director: Director) -> Story:
    """Files that come along, wait, are unknown, are taken out; and a form that nobody goes on with."""
    menu, roster, plan, lost = (file(name, kind="pdf") for name in ("menu", "rooster", "plan", "weg"))
    yield "2026-06-08 12:00"
    sent = {"where": [LINDE, "beukenhof", "melden"], "key": "key-bijlage", "id": "bijlage"}
    director.do("files wait", key="key-bijlage", files=[menu[0]])
    director.do("open", **sent, answers={**WEB, "klager_naam": "", "bijlagen": [menu[1]]})
    director.do("open", **{**sent, "key": "key-ander"}, answers={**WEB, "bijlagen": [menu[1]]})
    director.do("open", **sent, answers={**WEB, "bijlagen": [menu[1], roster[1]]}, files=[roster[0]])
    director.do("read file", dossier="bijlage", file="file-menu")
    director.do("read file", dossier="tegelijk", file="file-menu")
    # An answer about them is refused to whoever may not change the field; evidence comes later.
    director.fill("bijlage", "ria", bijlagen=[menu[1], plan[1]])
    director.do(
        "fill", dossier="bijlage", by="ria", version=1, key="key-2", files=[plan[0]],
        answers={"bijlagen": [menu[1], plan[1]]},
    )  # fmt: skip
    for name in ("menu", "rooster", "plan"):
        director.do("read file", dossier="bijlage", file=f"file-{name}")
    director.do("files wait", key="key-weg", files=[lost[0]])
    yield "2026-06-08 12:30"
    draft = {"where": [LINDE, "beukenhof", "melden"], "key": "key-klad", "token": "TOKEN-1"}
    director.do("keep draft", **draft, answers={"uiteenzetting": "Ik begon"}, passed=["verhaal"])
    director.do("open draft", token="TOKEN-1")
    director.do("open draft", token="TOKEN-2")
    yield "2026-06-08 14:31"
    director.do("open draft", token="TOKEN-1")
    yield "2026-06-10 12:00"
    director.do("sweep")
    director.do("open", **{**sent, "id": "te-laat", "key": "key-weg"}, answers={**WEB, "bijlagen": [lost[1]]})


def repeated(director: Director) -> Story:
    """The same person again and again, and the same kind of complaint from everyone: the register knows."""
    yield "2026-09-07 09:00"
    for number in range(4):
        case = f"maaltijd-{number}"
        same = {"klager_email": "Els@Voorbeeld.be", "klager_naam": "Peeters, Els"} if number % 2 else {}
        on_the_website(director, case, uiteenzetting=f"De soep was {number} keer koud.", **same)
        yield f"2026-09-{8 + number:02} 09:00"
        kind = {**INVESTIGATED, "soort_klacht_hoofd": "maaltijden", "gelijkaardige_klachten": "gevonden"}
        director.fill(case, "karin", onderwerp=f"Soep {number}", registratiedatum=f"2026-09-{8 + number:02}")
        director.fill(case, "karin", **kind, opvolging_eerdere="Beloofd was warme soep.")
    yield "2026-09-21 09:00"
    director.fill("maaltijd-3", "karin", klager_email="iemand@anders.be", klager_naam="Iemand Anders")
    director.fill("maaltijd-2", "karin", soort_klacht_hoofd="communicatie_informatie")
