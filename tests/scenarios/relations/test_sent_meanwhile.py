"""What somebody sends with their code while the dossier is sent on or merged at that very moment: it arrives where that
goes on, as it would a moment later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.new_codes import CodeWay, NewCode, give_code
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.intake import going_on
from gehoor.services.intake.going_on import write_on
from gehoor.services.intake.status_page import Route, route_of
from gehoor.services.intake.withdrawing import withdraw
from gehoor.services.register.register import MovedError
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge
from gehoor.services.relations.sending_on import SendWanted, send_to_department
from tests.support.belonging import NOW, house, ready, seen, told
from tests.support.clock import at

TEXT = "Belangrijk nog."


@pytest.fixture
def runtime() -> Runtime:
    return house()


@pytest.fixture
def dossier(runtime: Runtime) -> str:
    found = told(runtime, "2026-05-04 10:00").dossier
    ready(runtime, found)
    return found


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Let something happen once, right after somebody's way to a dossier was found."""

    def plan(happens: Callable[[], Any]) -> None:
        waiting = [happens]

        def found(runtime: Runtime, dossier: str, now: datetime) -> Route:
            route = route_of(runtime, dossier, now)
            while waiting:
                waiting.pop()()
            return route

        monkeypatch.setattr(going_on, "route_of", found)

    return plan


def sent_on(runtime: Runtime, dossier: str) -> Callable[[], Any]:
    wanted = SendWanted(dossier, "eikenrode", "Het gebeurde daar.", "an")
    return lambda: send_to_department(runtime, wanted, at(NOW))


def goes_on_in(runtime: Runtime, dossier: str) -> Any:
    return seen(runtime, seen(runtime, dossier).dossier.relations.goes_on_in)


def test_a_message_reaches_the_department_that_took_it_over(
    runtime: Runtime, dossier: str, meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    meanwhile(sent_on(runtime, dossier))
    write_on(runtime, dossier, TEXT, "key-1", at(NOW))
    assert [one.text for one in goes_on_in(runtime, dossier).dossier.conversation] == [TEXT]
    assert seen(runtime, dossier).events[-1].kind is not EventKind.WRITTEN_TO_US


def test_withdrawing_does_too(
    runtime: Runtime, dossier: str, meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    meanwhile(sent_on(runtime, dossier))
    withdraw(runtime, dossier, "Het is opgelost.", at(NOW))
    values = goes_on_in(runtime, dossier).dossier.values
    assert (values["ingetrokken_op"], values["ingetrokken_waarom"]) == ("2026-05-06", "Het is opgelost.")
    assert "ingetrokken_op" not in seen(runtime, dossier).dossier.values


def test_a_message_reaches_the_dossier_that_it_was_merged_into(
    runtime: Runtime, dossier: str, meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    main = told(runtime, "2026-05-04 09:00")
    ready(runtime, main.dossier)
    wanted = MergeWanted(dossier, main.number, "Hetzelfde.", same_person=True, actor="els")
    meanwhile(lambda: merge(runtime, wanted, at(NOW)))
    write_on(runtime, dossier, TEXT, "key-1", at(NOW))
    assert [one.text for one in seen(runtime, main.dossier).dossier.conversation] == [TEXT]


def test_no_code_is_given_in_a_dossier_that_went_on_meanwhile(runtime: Runtime, dossier: str) -> None:
    """It would open nothing: the code of where it goes on takes its place."""
    sent_on(runtime, dossier)()
    with pytest.raises(TextRefusedError, match="way"):
        give_code(
            runtime, NewCode(dossier, CodeWay.PAPER, "Zij belde zelf.", "key-1", Operator("els")), at(NOW)
        )


def test_who_never_finds_the_end_of_it_is_told_that_it_moved(
    runtime: Runtime, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "holds", lambda *_: False)
    with pytest.raises(MovedError):
        write_on(runtime, dossier, TEXT, "key-1", at(NOW))
