"""What is said anywhere in the files is found, also deep in what one department says."""

from __future__ import annotations

import pytest

from gehoor.loading.sheets.searching import found_in
from tests.support.places import ORGANISATIONS

LINDE = "de-linde"
FILES = tuple(
    one.relative_to(ORGANISATIONS).as_posix()
    for folder in ("definitions/de-linde", "forms/de-linde", "rules/de-linde")
    for one in sorted((ORGANISATIONS / folder).rglob("*.yaml"))
)
THUIS = "definitions/de-linde/afdelingen/thuis.yaml"


@pytest.mark.parametrize(
    ("asked", "file", "path"),
    [
        ("zorgroute", THUIS, ("formulieren", "dossier", "velden", "zorgroute")),
        ("de ronde waarin", THUIS, ("formulieren", "dossier", "velden", "zorgroute")),
        ("esplein", THUIS, ("afdeling", "contact")),
        ("Heup gebroken", "rules/de-linde/regels.yaml", ("voorbeelden", 0)),
        ("ernstig-naar-directie", "rules/de-linde/regels.yaml", ("regels", "ernstig-naar-directie")),
        ("Gemeld", "forms/de-linde/dossier.schema.yaml", ("properties", "gevaar_gemeld_aan")),
    ],
)
def test_a_word_leads_to_the_thing_that_says_it(asked: str, file: str, path: tuple[str | int, ...]) -> None:
    assert (file, path) in {(one.file, one.path) for one in found_in(ORGANISATIONS, FILES, LINDE, asked)}


def test_each_thing_is_found_once_and_what_nobody_says_nowhere() -> None:
    found = found_in(ORGANISATIONS, FILES, LINDE, "klacht")
    assert len({(one.file, one.path) for one in found}) == len(found)
    assert found_in(ORGANISATIONS, FILES, LINDE, "kringstraat 999") == []
