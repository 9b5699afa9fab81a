"""The library: agreements stay built for as long as they are in force, however many departments there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.agreements.publishing import publish
from gehoor.services.register import library as libraries
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime, proposal

NOW = at("2026-05-12 14:00")
DEPARTMENTS = 5


def with_departments() -> Runtime:
    def called(number: int) -> Any:
        def change(document: dict[str, Any]) -> None:
            name = f"afdeling-{number}"
            document["department"] |= {"id": name, "name": name, "code": f"A{number}"}

        return change

    # A library of its own, in which nothing is built yet.
    runtime = replace(new_runtime(), library=Library())
    publish(runtime, [proposal(change=called(number)) for number in range(DEPARTMENTS)], NOW, "coordinator")
    return runtime


def in_force(runtime: Runtime) -> list[Agreement]:
    with reading(runtime.store) as register:
        found = all_in_force(register, runtime.library, register.published_departments(), NOW)
    return [one.agreement for one in found]


def test_what_is_in_force_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_KEPT", 1)
    runtime = with_departments()
    first = in_force(runtime)
    assert len(first) == DEPARTMENTS
    assert all(one is other for one, other in zip(in_force(runtime), first, strict=True))


def test_departments_that_agreed_the_same_share_their_rules() -> None:
    one, other, *_ = in_force(with_departments())
    assert one.hash != other.hash
    assert {one.rule_set.key, one.term_rules.key, one.moment_rules.key} == {
        other.rule_set.key,
        other.term_rules.key,
        other.moment_rules.key,
    }


def test_another_condition_or_type_is_another_set() -> None:
    runtime = new_runtime()

    def stricter(document: dict[str, Any]) -> None:
        document["rules"]["risico-inschatten"]["if"] = {"type_bericht": "melding"}

    publish(runtime, [proposal(), proposal("eikenrode", stricter)], NOW, "coordinator")
    one, other = in_force(runtime)
    assert one.rule_set.key != other.rule_set.key
