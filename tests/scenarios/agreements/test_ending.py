"""A department ends: nothing new comes in, and what runs goes on."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.services.agreements.ended import no_longer_in_files
from gehoor.services.agreements.publications import history
from gehoor.services.agreements.publishing import ValidityError
from gehoor.services.intake.ending import end, plan_ending
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import State
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, publish_change, staff
from tests.support.site import new_site

BEUKENHOF = ("de-linde", "beukenhof")
NOON = "2026-05-12 14:00"


def states(runtime: Runtime, when: str) -> list[State]:
    with reading(runtime.store) as register:
        return [one.state for one in history(register, runtime.library, BEUKENHOF, at(when))]


def test_nothing_new_comes_in_by_whatever_way() -> None:
    runtime = de_linde()
    end(runtime, BEUKENHOF, at(NOON), "directie")
    for opens in (open_by_web, open_by_phone):
        with pytest.raises(EndedDepartmentError):
            opens(runtime, "2026-05-12 15:00")


def test_what_runs_goes_on_for_the_same_people() -> None:
    runtime = de_linde()
    els = staff(runtime, "els", "kwaliteitscoordinator")
    dossier = open_by_phone(runtime, NOON).dossier
    ending = end(runtime, BEUKENHOF, at("2026-05-12 15:00"), "directie")
    assert [one.id for one in ending.running] == [dossier]
    assert [line.summary.id for line in work_list(runtime, els, at("2026-05-13 09:00")).lines] == [dossier]
    fill(runtime, dossier, "2026-05-13 09:00", onderwerp="De bel")
    assert [flag.dossier for flag in sweep(runtime, at("2026-05-16 00:00")).missed] == [dossier]


def test_it_ends_on_the_day_that_was_said_and_opens_again_when_published() -> None:
    runtime = de_linde()
    end(runtime, BEUKENHOF, at(NOON), "directie", date(2026, 6, 1))
    open_by_web(runtime, "2026-05-31 23:00")
    with pytest.raises(EndedDepartmentError):
        open_by_web(runtime, "2026-06-01 00:00")
    assert states(runtime, "2026-05-20 09:00") == [State.IN_FORCE, State.PLANNED]
    assert states(runtime, "2026-06-02 09:00") == [State.EARLIER, State.ENDED]
    publish_change(runtime, lambda _: None, "2026-06-03 09:00")
    open_by_web(runtime, "2026-06-03 10:00")
    assert states(runtime, "2026-06-03 10:00") == [State.EARLIER, State.EARLIER, State.IN_FORCE]


def test_what_ended_does_not_end_again_and_what_never_was_cannot() -> None:
    runtime = de_linde()
    end(runtime, BEUKENHOF, at(NOON), "directie")
    with pytest.raises(EndedDepartmentError):
        plan_ending(runtime, BEUKENHOF, at("2026-05-13 09:00"))
    with pytest.raises(NothingPublishedError):
        plan_ending(runtime, ("de-linde", "nergens"), at(NOON))


def test_no_department_ends_in_the_past() -> None:
    with pytest.raises(ValidityError):
        end(de_linde(), BEUKENHOF, at(NOON), "directie", date(2026, 5, 11))


def test_taking_a_file_away_ends_nothing_and_is_told() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    left = [("de-linde", "eikenrode")]

    def gone() -> list[tuple[str, str]]:
        with reading(runtime.store) as register:
            return no_longer_in_files(register, {"de-linde"}, left, at(NOON))

    assert gone() == [BEUKENHOF]
    end(runtime, BEUKENHOF, at(NOON), "directie", date(2026, 6, 1))
    assert gone() == []


def test_the_pages_say_so_and_who_has_a_code_goes_on() -> None:
    site = new_site(NOON)
    code = open_by_web(site.runtime, NOON).code
    end(site.runtime, BEUKENHOF, site.clock(), "directie")
    visitor = site.visitor()
    assert "Beukenhof" not in visitor.page("/").text
    for path in ("/de-linde/beukenhof/", "/de-linde/beukenhof/melden", "/de-linde/beukenhof/melden/alles"):
        answer = visitor.get(path)
        assert (answer.status_code, "neemt geen berichten meer aan" in answer.text) == (410, True)
    assert visitor.send("/volgen", code=code).status_code == 303
    assert visitor.get("/volgen/dossier").status_code == 200


def test_staff_no_longer_register_there_and_still_read_what_was_agreed() -> None:
    site = new_site(NOON)
    els = site.staff("els", "kwaliteitscoordinator")
    end(site.runtime, BEUKENHOF, site.clock(), "directie")
    assert els.get("/medewerker/de-linde/beukenhof/registreren").status_code == 410
    assert els.get("/medewerker/de-linde/beukenhof/afspraken").status_code == 200
    assert "/beukenhof/registreren" not in els.page("/medewerker/").text
