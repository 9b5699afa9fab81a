"""Dossiers as cases of ZGW: each resource has what the standard asks, and refers to what is there.

What is asked stands here in our own words, by what the published descriptions of the APIs require: Zaken 1.5, Catalogi
1.3, Documenten 1.4, Besluiten 1.1.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gehoor.bootstrap.exchange.zgw import write_zgw
from gehoor.core.exchange.zgw_mapping import DESIGNATIONS, CaseProperty, ResultKind, ZgwMapping, is_rsin
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.exchange.zgw_export import Exported
from gehoor.services.recording.attachments import NewFile
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

NOW = at("2026-06-01 09:00")
BY = Operator.on_behalf_of("Jan")
GROUNDED = ResultKind("Gegrond", "https://lijst.example/1", "https://lijst.example/o/1", "vernietigen", "P5Y")
OTHER = ResultKind("Afgehandeld", "https://lijst.example/2", "https://lijst.example/o/2", "blijvend_bewaren")
MAPPING = ZgwMapping(
    organisation="de-linde",
    rsin="123456782",
    address="https://klachten.example/zgw",
    domain="KLACH",
    manager="Kwaliteit",
    case={
        "identification": "KLACHT",
        "description": "Klacht behandelen",
        "purpose": "Beantwoorden",
        "occasion": "Onvrede",
        "subject": "Klacht",
        "initiator-does": "Indienen",
        "handler-does": "Behandelen",
        "lead-time": "45 calendar-days",
        "accountable": "Kwaliteit",
        "valid-from": "2026-01-01",
    },
    designation="zaakvertrouwelijk",
    statuses={"begrip": "Ontvangen", "onderzoek": "In onderzoek", "nazorg": "Nazorg"},
    end_status="Afgehandeld",
    result_field="gegrondheid",
    results={"gegrond": GROUNDED, "deels_gegrond": GROUNDED},
    otherwise=OTHER,
    designations={"streng": "geheim", "beperkt": "vertrouwelijk"},
    properties={
        "ernst": CaseProperty("ernst", "Hoe ernstig"),
        "feiten_van": CaseProperty("begin", "Vanaf wanneer"),
    },
    roles={"initiator": "Klager", "handler": "Behandelaar"},
    documents="Klachtdossier",
    decision="Oordeel",
    decided_at="antwoord verstuurd",
    due_by="antwoord",
)

FILE = NewFile("bestand-1", "../brief.pdf", "pdf", b"%PDF- De brief")


def house() -> Runtime:
    runtime = de_linde(names=("beukenhof",))
    staff(runtime, "an", "kwaliteitscoordinator")
    running = open_by_phone(
        runtime, "2026-05-12 14:00", onderwerp="Bel niet beantwoord " * 5, ernst=3
    ).dossier
    fill(
        runtime,
        running,
        "2026-05-13 09:00",
        mondeling_verslag="Voorgelezen.",
        registratiedatum="2026-05-13",
        feiten_van="2026-05-10",
    )
    with reading(runtime.store) as register:
        version = register.dossier(running).version
    fill_in(
        runtime,
        Filling(running, {"bijlagen": [FILE.value]}, version, BY, "k", (FILE,)),
        at("2026-05-13 10:00"),
    )
    hidden = open_by_phone(runtime, "2026-05-13 14:00").dossier
    fill(runtime, hidden, "2026-05-13 15:00", vertrouwelijkheid="streng")
    open_by_web(runtime, "2026-05-14 10:00", anoniem="ja", klager_naam=None, klager_email=None)
    return runtime


def exported(runtime: Runtime, folder: Path, mapping: ZgwMapping = MAPPING) -> tuple[Path, Exported]:
    made = write_zgw(runtime, mapping, folder / "zaken", BY, NOW)
    return folder / "zaken", made


@cache
def _folder(base: str) -> Path:
    return exported(house(), Path(base))[0]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.getbasetemp() / "zgw"
    base.mkdir(exist_ok=True)
    return _folder(str(base))


def read(folder: Path, kind: str) -> list[dict[str, Any]]:
    (file,) = folder.rglob(f"{kind}.json")
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


def text(most: int, least: int = 0) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def link(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 1000 and re.fullmatch(r"https://\S+", value) is not None


def links(value: Any) -> bool:
    return isinstance(value, list) and all(map(link, value))


def day(value: Any) -> bool:
    return isinstance(value, str) and bool(date.fromisoformat(value))


def moment(value: Any) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def or_nothing(asked: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or asked(value)


def duration(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"P(\d+[YMWD])+", value) is not None


def yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def uuid(value: Any) -> bool:
    return str(UUID(value)) == value


def whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: value in words


secret = one_of(*DESIGNATIONS)
name = text(80, 1)
ASKED: dict[str, dict[str, Callable[[Any], bool]]] = {
    "catalogussen": {
        "url": link,
        "domein": text(5, 5),
        "rsin": is_rsin,
        "contactpersoonBeheerNaam": text(40, 1),
        "zaaktypen": links,
        "besluittypen": links,
        "informatieobjecttypen": links,
    },
    "zaaktypen": {
        "url": link,
        "identificatie": text(50, 1),
        "omschrijving": name,
        "vertrouwelijkheidaanduiding": secret,
        "doel": text(10**4, 1),
        "aanleiding": text(10**4, 1),
        "indicatieInternOfExtern": one_of("intern", "extern"),
        "handelingInitiator": text(20, 1),
        "onderwerp": name,
        "handelingBehandelaar": text(20, 1),
        "doorlooptijd": duration,
        "opschortingEnAanhoudingMogelijk": yes_or_no,
        "verlengingMogelijk": yes_or_no,
        "publicatieIndicatie": yes_or_no,
        "productenOfDiensten": links,
        "referentieproces": lambda one: name(one["naam"]),
        "verantwoordelijke": text(50, 1),
        "zaakobjecttypen": links,
        "catalogus": link,
        "statustypen": links,
        "resultaattypen": links,
        "eigenschappen": links,
        "informatieobjecttypen": links,
        "roltypen": links,
        "besluittypen": links,
        "gerelateerdeZaaktypen": links,
        "beginGeldigheid": day,
        "versiedatum": day,
        "concept": yes_or_no,
    },
    "statustypen": {
        "url": link,
        "omschrijving": name,
        "zaaktype": link,
        "catalogus": link,
        "zaaktypeIdentificatie": text(50, 1),
        "volgnummer": whole,
        "isEindstatus": yes_or_no,
    },
    "resultaattypen": {
        "url": link,
        "zaaktype": link,
        "zaaktypeIdentificatie": text(50, 1),
        "omschrijving": text(30, 1),
        "resultaattypeomschrijving": link,
        "omschrijvingGeneriek": text(80, 1),
        "selectielijstklasse": link,
        "archiefnominatie": one_of("blijvend_bewaren", "vernietigen"),
        "archiefactietermijn": or_nothing(duration),
    },
    "eigenschappen": {
        "url": link,
        "naam": text(20, 1),
        "catalogus": link,
        "definitie": text(255, 1),
        "zaaktype": link,
        "specificatie": lambda one: (
            one["formaat"] in ("tekst", "getal", "datum", "datum_tijd")
            and text(14, 1)(one["lengte"])
            and text(3, 1)(one["kardinaliteit"])
        ),
    },
    "roltypen": {
        "url": link,
        "zaaktype": link,
        "omschrijving": text(100, 1),
        "omschrijvingGeneriek": one_of("initiator", "behandelaar", "belanghebbende", "beslisser", "adviseur"),
    },
    "informatieobjecttypen": {
        "url": link,
        "catalogus": link,
        "omschrijving": name,
        "vertrouwelijkheidaanduiding": secret,
        "beginGeldigheid": day,
        "concept": yes_or_no,
        "informatieobjectcategorie": name,
    },
    "zaaktype-informatieobjecttypen": {
        "url": link,
        "zaaktype": link,
        "informatieobjecttype": text(100, 1),
        "volgnummer": whole,
        "richting": one_of("inkomend", "intern", "uitgaand"),
    },
    "besluittypen": {
        "url": link,
        "catalogus": link,
        "zaaktypen": links,
        "publicatieIndicatie": yes_or_no,
        "informatieobjecttypen": links,
        "beginGeldigheid": day,
        "concept": yes_or_no,
    },
    "zaken": {
        "url": link,
        "uuid": uuid,
        "identificatie": text(40, 1),
        "bronorganisatie": is_rsin,
        "omschrijving": text(80),
        "toelichting": text(1000),
        "zaaktype": link,
        "registratiedatum": day,
        "verantwoordelijkeOrganisatie": is_rsin,
        "startdatum": day,
        "einddatum": or_nothing(day),
        "uiterlijkeEinddatumAfdoening": or_nothing(day),
        "vertrouwelijkheidaanduiding": secret,
        "betalingsindicatie": one_of("nvt", "nog_niet", "gedeeltelijk", "geheel"),
        "betalingsindicatieWeergave": text(1000),
        "deelzaken": links,
        "eigenschappen": links,
        "rollen": links,
        "status": or_nothing(link),
        "zaakinformatieobjecten": links,
        "zaakobjecten": links,
        "resultaat": or_nothing(link),
        "archiefstatus": one_of("nog_te_archiveren", "gearchiveerd"),
    },
    "statussen": {
        "url": link,
        "uuid": uuid,
        "zaak": link,
        "statustype": link,
        "datumStatusGezet": moment,
        "indicatieLaatstGezetteStatus": yes_or_no,
        "zaakinformatieobjecten": links,
    },
    "resultaten": {"url": link, "uuid": uuid, "zaak": link, "resultaattype": link, "toelichting": text(1000)},
    "rollen": {
        "url": link,
        "uuid": uuid,
        "zaak": link,
        "betrokkeneType": one_of("natuurlijk_persoon", "medewerker"),
        "roltype": link,
        "omschrijving": text(100, 1),
        "omschrijvingGeneriek": text(80, 1),
        "roltoelichting": text(1000, 1),
        "registratiedatum": moment,
        "statussen": links,
    },
    "zaakeigenschappen": {
        "url": link,
        "uuid": uuid,
        "zaak": link,
        "eigenschap": link,
        "naam": text(20, 1),
        "waarde": text(255, 1),
    },
    "enkelvoudiginformatieobjecten": {
        "url": link,
        "bronorganisatie": is_rsin,
        "creatiedatum": day,
        "titel": text(200, 1),
        "auteur": text(200, 1),
        "vertrouwelijkheidaanduiding": secret,
        "taal": text(3, 3),
        "versie": whole,
        "beginRegistratie": moment,
        "informatieobjecttype": link,
        "locked": yes_or_no,
        "bestandsdelen": links,
        "bestandsnaam": text(255, 1),
        "bestandsomvang": whole,
        "identificatie": text(40, 1),
        "inhoud": link,
        "status": one_of("in_bewerking", "ter_vaststelling", "definitief", "gearchiveerd"),
    },
    "zaakinformatieobjecten": {
        "url": link,
        "uuid": uuid,
        "informatieobject": link,
        "zaak": link,
        "registratiedatum": moment,
        "aardRelatieWeergave": one_of("Hoort bij, omgekeerd: kent"),
    },
    "besluiten": {
        "url": link,
        "uuid": uuid,
        "verantwoordelijkeOrganisatie": is_rsin,
        "besluittype": link,
        "zaak": link,
        "datum": day,
        "ingangsdatum": day,
        "identificatie": text(50, 1),
    },
}


def ended(tmp_path: Path, **changes: Any) -> tuple[Path, Exported]:
    """Export a dossier that was brought in, and ended."""
    from tests.scenarios.exchange.test_bringing_in import ENDED, brought

    runtime = de_linde(names=("beukenhof", "eikenrode"))
    brought(runtime, ENDED)
    return exported(runtime, tmp_path, replace(MAPPING, **changes))


def test_every_kind_is_there() -> None:
    assert len(ASKED) == 17


def _wrong(folder: Path) -> Iterator[str]:
    for kind, asked in ASKED.items():
        for number, one in enumerate(read(folder, kind)):
            for member, fits in asked.items():
                if member not in one or not fits(one[member]):
                    yield f"{kind} {number} {member}: {one.get(member)!r}"


def test_each_resource_has_what_the_standard_asks(folder: Path, tmp_path: Path) -> None:
    assert [*_wrong(folder)] == []
    assert [*_wrong(ended(tmp_path)[0])] == []


def test_each_address_that_is_named_is_there_once(folder: Path, tmp_path: Path) -> None:
    for place in (folder, ended(tmp_path)[0]):
        there = [one["url"] for kind in ASKED for one in read(place, kind)]
        assert len(there) == len(set(there))
        named = {
            found
            for kind in ASKED
            for one in read(place, kind)
            for found in re.findall(r'"(https://klachten\.example/[^"]+)"', json.dumps(one))
            if not found.endswith("/download")
        }
        assert named - set(there) == set()


def test_a_confidential_dossier_is_as_secret_as_was_said(folder: Path) -> None:
    assert sorted(one["vertrouwelijkheidaanduiding"] for one in read(folder, "zaken")) == [
        "geheim", "zaakvertrouwelijk", "zaakvertrouwelijk",
    ]  # fmt: skip


def test_a_level_of_which_nobody_said_it_stays_behind_whole(tmp_path: Path) -> None:
    place, made = exported(house(), tmp_path, replace(MAPPING, designations={"beperkt": "intern"}))
    assert [(one.reason, one.what) for one in made.left_out] == [("level", "streng")]
    assert len(read(place, "zaken")) == made.cases == 2
    kept = "".join(file.read_text("utf-8") for file in place.rglob("*.json"))
    assert made.left_out[0].number not in kept


def test_who_is_anonymous_has_no_role(folder: Path) -> None:
    zaken = {one["url"]: one for one in read(folder, "zaken")}
    named = {zaken[one["zaak"]]["identificatie"] for one in read(folder, "rollen")}
    assert named == {"BEU-2026-0001", "BEU-2026-0002"}


def test_without_a_word_for_it_nobody_is_named(tmp_path: Path) -> None:
    place, _ = exported(house(), tmp_path, replace(MAPPING, roles={}, documents="", properties={}))
    assert read(place, "rollen") == read(place, "enkelvoudiginformatieobjecten") == []
    assert "Peeters" not in "".join(file.read_text("utf-8") for file in place.rglob("*.json"))


def test_a_file_is_beside_what_is_said_of_it(folder: Path) -> None:
    (one,) = read(folder, "enkelvoudiginformatieobjecten")
    (file,) = (folder / "documenten" / "bestanden").iterdir()
    assert file.name == f"{one['uuid']}-brief.pdf"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == one["integriteit"]["waarde"]
    assert one["bestandsomvang"] == len(FILE.content)


def test_statuses_follow_on_each_other_and_the_last_is_marked(folder: Path) -> None:
    by_case: dict[str, list[dict[str, Any]]] = {}
    for one in read(folder, "statussen"):
        by_case.setdefault(one["zaak"], []).append(one)
    for found in by_case.values():
        moments = [one["datumStatusGezet"] for one in found]
        assert moments == sorted(set(moments))
        assert [one["indicatieLaatstGezetteStatus"] for one in found] == [*[False] * (len(found) - 1), True]


def test_what_ended_has_a_day_a_result_a_last_status_and_a_decision(tmp_path: Path) -> None:
    place, _ = ended(tmp_path)
    (case,), (result,), (decision,) = (
        read(place, "zaken"),
        read(place, "resultaten"),
        read(place, "besluiten"),
    )
    assert (case["startdatum"], case["einddatum"], case["archiefnominatie"]) == (
        "2019-02-04",
        "2019-07-01",
        "vernietigen",
    )
    types = {one["url"]: one["omschrijving"] for one in read(place, "resultaattypen")}
    assert types[result["resultaattype"]] == "Gegrond"
    last = next(one for one in read(place, "statussen") if one["indicatieLaatstGezetteStatus"])
    ends = [one["url"] for one in read(place, "statustypen") if one["isEindstatus"]]
    assert [last["statustype"]] == ends
    assert (decision["datum"], decision["toelichting"]) == ("2019-06-20", "Deels gegrond")


def test_an_outcome_without_a_result_stays_behind(tmp_path: Path) -> None:
    place, made = ended(tmp_path, results={"ongegrond": OTHER}, otherwise=None)
    assert [(one.reason, one.what) for one in made.left_out] == [("result", "deels_gegrond")]
    assert read(place, "zaken") == []


def test_each_export_gives_the_same(tmp_path: Path) -> None:
    runtime = house()
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, _ = exported(runtime, tmp_path / "a")
    second, _ = exported(runtime, tmp_path / "b")
    for file in first.rglob("*.json"):
        assert file.read_bytes() == (second / file.relative_to(first)).read_bytes()


def test_that_it_was_taken_out_stands_with_each_dossier(tmp_path: Path) -> None:
    runtime = house()
    exported(runtime, tmp_path)
    with reading(runtime.store) as register:
        logs = [register.access_log(one["id"]) for one in register.tables.select("dossiers")]
    assert [[(one.reader, one.way) for one in log] for log in logs] == [[("beheerder: Jan", "export")]] * 3


def test_what_comes_in_while_access_is_noted_is_noted_before_it_is_a_case(tmp_path: Path) -> None:
    runtime = house()
    came: list[str] = []

    def busy(_: int) -> None:
        if not came:
            came.append(open_by_phone(runtime, "2026-05-15 14:00").dossier)

    made = write_zgw(runtime, MAPPING, tmp_path / "zaken", BY, NOW, busy)
    assert made.cases + len(made.left_out) == 4
    with reading(runtime.store) as register:
        assert [one.way for one in register.access_log(came[0])] == ["export"]
