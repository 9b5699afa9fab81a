"""A department is closed on the closing days of its organisation and on its own."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from gehoor.loading.load import LoadedDepartment, load_workspace
from tests.support.loading_cases import BASE

OWN = "definitions/klein/afdelingen/zuid.yaml"


def departments(tmp_path: Path, calendar: str) -> dict[str, LoadedDepartment]:
    """Return the departments of the base workspace, with a calendar in the file of Zuid."""
    shutil.copytree(BASE, tmp_path / "map")
    file = tmp_path / "map" / OWN
    file.write_text(f"{file.read_text('utf-8')}kalender: {calendar}\n", "utf-8")
    loaded = load_workspace(tmp_path / "map")
    assert loaded.problems == []
    return {one.department: one for one in loaded.departments}


def closed(one: LoadedDepartment) -> list[date]:
    return [period.first for period in one.agreement.calendar.closed]


BRIDGE, FAIR = date(2027, 5, 7), date(2027, 8, 16)


def test_its_own_days_come_beside_those_of_the_organisation(tmp_path: Path) -> None:
    found = departments(tmp_path, "{gesloten: [{dag: 2027-08-16, waarom: Kermis}]}")
    assert closed(found["zuid"]) == [BRIDGE, FAIR]
    assert closed(found["noord"]) == [BRIDGE]


def test_each_stands_where_it_was_written(tmp_path: Path) -> None:
    found = departments(tmp_path, "{gesloten: [{dag: 2027-08-16, waarom: Kermis}]}")
    whole = found["zuid"].provenance.whole
    files = [whole.spot(("calendar", "closed", index)).value.file for index in (0, 1)]
    assert files == ["definitions/klein/organisatie.yaml", OWN]


def test_another_calendar_keeps_them(tmp_path: Path) -> None:
    found = departments(tmp_path, "{feestdagen: GEEN}")
    assert closed(found["zuid"]) == [BRIDGE]
    assert found["zuid"].agreement.calendar.name == "GEEN"
