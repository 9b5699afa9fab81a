"""``gehoor zgw``: what it says of its mapping, and where it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, Ran, publish_all, run

RESULT = (
    '{naam: %s, selectielijstklasse: "https://lijst.example/1", resultaatomschrijving: "https://lijst.example/2", '
    "archief: vernietigen, archief-na: 5 jaren}"
)
MAPPING = f"""\
taal: nl
zgw:
  organisatie: de-linde
  rsin: "123456782"
  basisadres: https://klachten.example/zgw
  catalogus: {{domein: KLACH, beheerd-door: Kwaliteit}}
  zaaktype:
    identificatie: KLACHT
    omschrijving: Klacht behandelen
    doel: Een klacht beantwoorden
    aanleiding: Iemand is ontevreden
    onderwerp: Klacht
    handeling-indiener: Indienen
    handeling-behandelaar: Behandelen
    doorlooptijd: 45 kalenderdagen
    eindverantwoordelijke: Kwaliteit
    geldig-vanaf: 2026-01-01
  aanduiding: zaakvertrouwelijk
  aanduidingen: {{streng: geheim, beperkt: vertrouwelijk}}
  statustypen: {{begrip: Ontvangen, onderzoek: In onderzoek}}
  eindstatus: Afgehandeld
  resultaattypen:
    uit-veld: gegrondheid
    bij-antwoord:
      gegrond: {RESULT % "Gegrond"}
    anders: {RESULT % "Afgehandeld"}
  zaakeigenschappen:
    ernst: {{naam: ernst}}
  uiterlijk-volgens: antwoord
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = publish_all(tmp_path / "register.db")
    assert run(*ANSWERS.to_submit(tmp_path / "a.json"), "--store", store).code == 0
    return store


def exported(store: Path, mapping: str = MAPPING, *words: str) -> Ran:
    file = store.parent / "zaken.yaml"
    file.write_text(mapping, "utf-8")
    return run("zgw", store.parent / "zaken", "--mapping", file, "--by", "Jan", "--store", store, *words)


def test_dossiers_are_written_as_cases(store: Path) -> None:
    ran = exported(store)
    assert ran.code == 0, ran.err
    assert ran.out == f"1 zaak in {store.parent / 'zaken'}.\n"
    (case,) = json.loads((store.parent / "zaken" / "zaken" / "zaken.json").read_text("utf-8"))
    assert case["identificatie"].startswith("BEU-")
    again = exported(store)
    assert "is er al, en blijft zoals het is" in again.err


@pytest.mark.share(3)
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"123456782"',
            '"123456789"',
            "zaken.yaml:4:9  waarde-past-niet  '123456789' past niet bij het veld 'rsin'",
        ),
        ("begrip: Ont", "begrp: Ont", "De fase 'begrp' bestaat niet. Bedoelde u 'begrip'?"),
        ("ernst: {naam", "erns: {naam", "Het veld 'erns' bestaat niet. Bedoelde u 'ernst'?"),
        (", beperkt: vertrouwelijk", "", "Hier ontbreekt de aanduiding van het niveau 'beperkt'"),
        ("beperkt: vertrouwelijk", "beperkt: diepgeheim", "geen-keuze"),
        ("uit-veld: gegrondheid", "uit-veld: gegrond", "Het veld 'gegrond' bestaat niet"),
        ("      gegrond:", "      gegront:", "Het antwoord 'gegront' bestaat niet. Bedoelde u 'gegrond'?"),
        ("    anders: ", "      ongegrond: ", "wat er met 'onduidelijk' gebeurt, of 'anders'"),
        ("uiterlijk-volgens: antwoord", "uiterlijk-volgens: antword", "De termijn 'antword' bestaat niet"),
        ("45 kalenderdagen", "45 werkdagen", "past niet bij het veld 'doorlooptijd'"),
        ("domein: KLACH", "domein: klacht", "zaken.yaml:6:23"),
        ("    eindverantwoordelijke: Kwaliteit\n", "", "'eindverantwoordelijke'"),
        ("naam: ernst", "naam: een veel te lange naam ervoor", "te-lang"),
    ],
)
def test_what_is_wrong_in_the_mapping_has_its_place(store: Path, old: str, new: str, told: str) -> None:
    assert old in MAPPING
    ran = exported(store, MAPPING.replace(old, new))
    assert ran.code == 1
    assert told in ran.out
    assert not (store.parent / "zaken").exists()


def test_an_organisation_that_is_not_there_is_told(store: Path) -> None:
    assert 'bedoelde u "de-linde"?' in exported(store, MAPPING.replace("de-linde", "de-lind")).err


def test_it_can_be_asked_as_data(store: Path) -> None:
    assert exported(store, MAPPING, "--format", "json").json()["cases"] == 1
