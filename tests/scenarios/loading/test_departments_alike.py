"""Departments that say only who they are have one agreement, put together once; nobody notices that it was."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.text.canonical_json import dump
from gehoor.loading.load import LoadedDepartment, load_workspace
from tests.support.places import copy_organisations

_DEPARTMENTS = "[wijk, verpleeghuis, dagbesteding]"
_OTHER_WAY_ROUND = "[dagbesteding, verpleeghuis, wijk]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_organisations(tmp_path_factory.mktemp("alike"))


@pytest.fixture(scope="module")
def departments(folder: Path) -> list[LoadedDepartment]:
    return load_workspace(folder, ("waterhof",)).departments


def test_each_is_what_its_own_document_says(departments: list[LoadedDepartment]) -> None:
    for one in departments:
        assert _told(one.agreement) == _told(build_agreement(one.document, one.places))


def test_each_is_known_by_its_own_text(departments: list[LoadedDepartment]) -> None:
    assert len({one.agreement.hash for one in departments}) == len(departments) == 3


def test_each_comes_from_its_own_file(departments: list[LoadedDepartment]) -> None:
    spots = [one.provenance.whole.spot(("department", "code")).value.file for one in departments]
    assert spots == [f"definitions/waterhof/afdelingen/{one.department}.yaml" for one in departments]


def test_what_is_done_to_the_document_of_one_is_not_done_to_another(folder: Path) -> None:
    first, second, _ = load_workspace(folder, ("waterhof",)).departments
    first.document["terms"].clear()
    assert second.document["terms"]


def test_it_makes_no_difference_which_comes_first(
    folder: Path, departments: list[LoadedDepartment], tmp_path: Path
) -> None:
    turned = copy_organisations(tmp_path)
    file = turned / "definitions/waterhof/organisatie.yaml"
    file.write_text(file.read_text("utf-8").replace(_DEPARTMENTS, _OTHER_WAY_ROUND), "utf-8")
    found = load_workspace(turned, ("waterhof",)).departments
    assert [one.department for one in found] == [one.department for one in reversed(departments)]
    assert [dump(one.document) for one in found] == [dump(one.document) for one in reversed(departments)]


def _told(agreement: Agreement) -> dict[str, str]:
    return {of.name: repr(getattr(agreement, of.name)) for of in fields(agreement)}
