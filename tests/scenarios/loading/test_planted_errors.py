"""A slip in any of an organisation's files is answered on its own line; a change does what it says and nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.loading.problems.texts import line
from tests.support.places import ORGANISATIONS, copy_organisations

_OWN = "definitions/de-linde"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def _change(workspace: Path, file: str, old: str, new: str) -> int:
    """Replace the first occurrence of a text and return its line."""
    text = (workspace / file).read_text("utf-8")
    assert old in text, f"{file} does not say {old!r} any more"
    (workspace / file).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def _documents(loaded: LoadedWorkspace) -> dict[str, dict[str, Any]]:
    assert [line(problem) for problem in loaded.problems] == []
    return {department.department: department.document for department in loaded.departments}


def _hashes(loaded: LoadedWorkspace) -> dict[str, str]:
    return {department.department: department.agreement.hash for department in loaded.departments}


def test_without_a_slip_there_are_no_problems() -> None:
    loaded = load_workspace(ORGANISATIONS, only=("de-linde",))
    assert set(_documents(loaded)) == {"beukenhof", "eikenrode", "thuis"}


_SLIPS = [
    (f"{_OWN}/organisatie.yaml", "tijdzone:", "tijdzonne:", "onbekend-sleutelwoord"),
    (
        f"{_OWN}/organisatie.yaml",
        "vervanger: algemeen-directeur",
        "vervanger: directeur",
        "verwijst-naar-niets",
    ),
    (f"{_OWN}/organisatie.yaml", "{volgnummer:4}", "{volgnumer:4}", "ongeldig-nummerpatroon"),
    (f"{_OWN}/klacht.yaml", "op: 2026-01-15", "op: 15-01-2026", "ongeldige-datum"),
    (f"{_OWN}/klacht.yaml", "verwacht: suggestie", "verwacht: opmerking", "voorbeeld-faalt"),
    (f"{_OWN}/kanalen.yaml", "vorm: schriftelijk", "vorm: geschreven", "geen-keuze"),
    (f"{_OWN}/verloop.yaml", "veld: registratiedatum", "veld: registratie_datum", "verwijst-naar-niets"),
    (f"{_OWN}/verloop.yaml", "type_bericht: klacht", "type_bericht: klachten", "geen-keuze"),
    (f"{_OWN}/afdelingen/beukenhof.yaml", "code: BEU", "code: Beuken", "ongeldige-naam"),
    (f"{_OWN}/afdelingen/thuis.yaml", "persoonsgegevens: P1", "persoonsgegevens: P9", "geen-keuze"),
    (f"{_OWN}/brieven/te-laat.yaml", "moest klaar zijn op {vervaldatum}", "{verval}", "onbekende-plaats"),
    ("rules/de-linde/termijnen.yaml", "binnen: 5 werkdagen", "binnen: 5 dagen", "ongeldige-duur"),
    ("rules/de-linde/termijnen.yaml", "tot: geregistreerd", "tot: registratie", "verwijst-naar-niets"),
    (
        "rules/de-linde/regels.yaml",
        "ernst: {minstens: 4}",
        "ernst: {minstens: hoog}",
        "voorwaarde-klopt-niet",
    ),
    ("rules/de-linde/regels.yaml", "acuut_gevaar: ja", "acuut_gevar: ja", "verwijst-naar-niets"),
    (
        "rules/basis/plichten.yaml",
        "vereis: mondeling_verslag",
        "vereis: mondeling_verslagje",
        "verwijst-naar-niets",
    ),
    ("forms/de-linde/dossier.schema.yaml", "klager.schema.yaml", "klagr.schema.yaml", "formulier-verwijzing"),
    ("forms/de-linde/melden.schema.yaml", "properties/anoniem", "properties/anonym", "formulier-verwijzing"),
    ("forms/de-linde/melden.schema.yaml", "minstens-een:", "minstens een van:", "onbekend-sleutelwoord"),
    (
        "forms/basis/klager.schema.yaml",
        "verplicht-voor: ontvangst",
        "verplicht-voor: intake",
        "verwijst-naar-niets",
    ),
    ("forms/basis/klager.schema.yaml", '"^[+0-9]', '"^(?=[+0-9])', "onveilig-patroon"),
    ("forms/basis/klacht.schema.yaml", "fase: registratie", "fase: registreren", "verwijst-naar-niets"),
    ("forms/basis/codelijsten.schema.yaml", "const: klacht,", "const: Klacht,", "ongeldige-naam"),
    (
        "forms/de-linde/dossier.schema.yaml",
        "bij-telefoon: mondeling",
        "bij-telefoon: mondelings",
        "geen-keuze",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"), _SLIPS, ids=lambda value: str(value).rpartition("/")[2]
)
def test_a_slip_is_answered_on_its_line(workspace: Path, file: str, old: str, new: str, code: str) -> None:
    number = _change(workspace, file, old, new)
    loaded = load_workspace(workspace, only=("de-linde",))
    assert [(p.place.file, p.place.line, p.code) for p in loaded.problems] == [(file, number, code)]
    assert loaded.departments == []


def test_slips_in_many_files_are_all_told_at_once(workspace: Path) -> None:
    chosen = [_SLIPS[i] for i in (1, 3, 5, 6, 8, 10, 11, 14, 17, 20)]
    planted = {(file, _change(workspace, file, old, new), code) for file, old, new, code in chosen}
    loaded = load_workspace(workspace, only=("de-linde",))
    found = {(problem.place.file, problem.place.line, problem.code) for problem in loaded.problems}
    # Of a form that cannot be put together, the fields cannot be judged: those two come after it is mended.
    assert found <= planted
    assert len(planted - found) <= 2


def test_a_shorter_term_and_a_field_for_one_department(workspace: Path) -> None:
    before = load_workspace(workspace, only=("de-linde",))
    _change(workspace, "rules/de-linde/termijnen.yaml", "binnen: 5 werkdagen", "binnen: 3 werkdagen")
    _change(workspace, "rules/de-linde/termijnen.yaml", "[3 werkdagen vooraf, 1 ", "[1 ")
    with (workspace / f"{_OWN}/afdelingen/eikenrode.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\nformulieren:\n  dossier:\n    velden:\n      leefgroep:\n        title: Leefgroep\n"
            "        type: string\n        fase: registratie\n        persoonsgegevens: P1\n"
        )
    after = load_workspace(workspace, only=("de-linde",))
    documents = _documents(after)
    with_field = [
        name
        for name, document in documents.items()
        if "leefgroep" in document["forms"]["dossier"]["properties"]
    ]
    assert with_field == ["eikenrode"]
    assert documents["beukenhof"]["terms"]["ontvangstmelding"]["within"] == "3 working-days"
    # Home care had agreed on three days already, so nothing changes there.
    changed = {name for name, digest in _hashes(before).items() if _hashes(after)[name] != digest}
    assert changed == {"beukenhof", "eikenrode"}


def test_a_comment_or_other_line_ends_change_no_agreement(workspace: Path) -> None:
    before = _hashes(load_workspace(workspace, only=("de-linde",)))
    for file in [*workspace.rglob("*.yaml")]:
        file.write_text("# Nagelezen.\n" + file.read_text("utf-8").replace("\n", "\r\n"), "utf-8", newline="")
    assert _hashes(load_workspace(workspace, only=("de-linde",))) == before
