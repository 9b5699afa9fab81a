"""Nothing is anonymised before somebody approves it who may, and not what has to be kept."""

from __future__ import annotations

import pytest

from gehoor.core.dossier.access_log import Way
from gehoor.services.access.access_log import log_access, readers_of
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.viewing import look
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import RetentionRecord
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import (
    ChangedError,
    NoReasonError,
    NotDueError,
    approve,
    hold_back,
    let_go,
    listed,
)
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from tests.support.clock import at
from tests.support.de_linde import by, fill, publish_change, staff
from tests.support.retention import closed_complaint, keeping, keeping_de_linde

LAST_DAY = at("2031-06-10 23:59")
NEXT_DAY = at("2031-06-11 00:01")


@pytest.fixture
def runtime() -> Runtime:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    return runtime


def waiting(
    runtime: Runtime, when: str = "2031-06-11 09:00", who: str = "els"
) -> tuple[RetentionRecord, ...]:
    survey(runtime, at(when))
    return listed(runtime, who, at(when)).waiting


def test_it_is_kept_until_the_end_of_its_last_day(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    survey(runtime, LAST_DAY)
    assert listed(runtime, "els", LAST_DAY).waiting == ()
    with pytest.raises(NotDueError):
        approve(runtime, [dossier], "els", LAST_DAY)
    assert [one.dossier for one in listed(runtime, "els", NEXT_DAY).waiting] == [dossier]


def test_of_two_periods_the_longest_counts(runtime: Runtime) -> None:
    staff(runtime, "an", "algemeen-directeur")
    closed_complaint(runtime)
    publish_change(runtime, lambda document: (keeping(document), longer(document))[0], "2031-01-01 09:00")
    assert waiting(runtime) == ()
    (record,) = waiting(runtime, "2036-06-11 09:00")
    assert (record.until, record.name) == ("2036-06-10", "Ernstige klachten")


def longer(document: dict[str, object]) -> None:
    retention = document["retention"]
    assert isinstance(retention, dict)
    retention["ernstig"]["if"] = {"ernst": {"at-least": 3}}


def test_what_the_department_agrees_now_counts_also_for_earlier_dossiers(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    survey(runtime, at("2031-01-01 08:00"))
    publish_change(runtime, lambda document: (keeping(document), longer(document))[0], "2031-01-01 09:00")
    assert survey(runtime, at("2031-01-02 08:00")).done == 1
    assert look(runtime, dossier, at("2031-01-02 08:00")).agreement.retention["ernstig"].condition is not None


def test_who_has_no_role_for_it_approves_nothing(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    assert waiting(runtime, who="ria") == ()
    with pytest.raises(NotAllowedError):
        approve(runtime, [dossier], "ria", NEXT_DAY)
    with pytest.raises(UnknownDossierError):
        approve(runtime, [dossier], "nobody", NEXT_DAY)


def test_where_nobody_is_named_nobody_approves() -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)

    def unnamed(document: dict[str, object]) -> None:
        keeping(document)
        document["rights"] = {}

    publish_change(runtime, unnamed, "2031-01-01 09:00")
    with pytest.raises(NotAllowedError):
        approve(runtime, [dossier], "els", NEXT_DAY)


def test_who_it_is_about_does_not_see_it_and_does_not_approve(runtime: Runtime) -> None:
    staff(runtime, "an", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    fill(
        runtime, dossier, "2026-06-11 09:00", actor="els", voorwerp="persoon", aangeklaagde_medewerkers=["an"]
    )
    assert [one.dossier for one in waiting(runtime, who="els")] == [dossier]
    assert waiting(runtime, who="an") == ()
    with pytest.raises(UnknownDossierError):
        approve(runtime, [dossier], "an", NEXT_DAY)


def test_one_dossier_is_held_back_with_a_reason_and_let_go(runtime: Runtime) -> None:
    first, second = closed_complaint(runtime), closed_complaint(runtime)
    survey(runtime, NEXT_DAY)
    with pytest.raises(NoReasonError):
        hold_back(runtime, first, " ", "els", NEXT_DAY)
    hold_back(runtime, first, "Er loopt nog een onderzoek.", "els", NEXT_DAY)
    with pytest.raises(NotDueError):
        approve(runtime, [second, first], "els", NEXT_DAY)
    assert listed(runtime, "els", NEXT_DAY).approved == ()
    held = {one.dossier: one.reason for one in waiting(runtime)}
    assert held == {first: "Er loopt nog een onderzoek.", second: ""}
    let_go(runtime, first, "els", NEXT_DAY)
    approve(runtime, [second, first], "els", NEXT_DAY)
    assert len(carry_out(runtime, None, NEXT_DAY).done) == 2


def test_an_answer_in_the_dossier_blocks_it(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    fill(runtime, dossier, "2026-06-11 09:00", bewaarblokkering="Er loopt een rechtszaak.")
    (record,) = waiting(runtime)
    assert record.blocked
    with pytest.raises(NotDueError):
        approve(runtime, [dossier], "els", NEXT_DAY)


def test_what_is_blocked_after_it_was_approved_stays(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    survey(runtime, NEXT_DAY)
    approve(runtime, [dossier], "els", NEXT_DAY)
    fill(runtime, dossier, "2031-06-11 08:00", bewaarblokkering="Er loopt een rechtszaak.")
    assert carry_out(runtime, None, at("2031-06-11 09:00")).lapsed == ["BEU-2026-0001"]
    assert look(runtime, dossier, NEXT_DAY).dossier.frozen is None
    assert listed(runtime, "els", NEXT_DAY).approved == ()


def test_what_came_in_after_the_list_was_made_is_not_approved_unseen(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    survey(runtime, NEXT_DAY)
    write_to_us(runtime, dossier, "Ik wil nog iets belangrijks melden.", "late", NEXT_DAY)
    with pytest.raises(ChangedError):
        approve(runtime, [dossier], "els", NEXT_DAY)
    survey(runtime, NEXT_DAY)
    (record,) = listed(runtime, "els", NEXT_DAY).waiting
    assert record.came_in[:10] == NEXT_DAY.date().isoformat()
    with pytest.raises(ChangedError):
        approve(runtime, [dossier], "els", NEXT_DAY, {dossier: record.version - 1})
    approve(runtime, [dossier], "els", NEXT_DAY, {dossier: record.version})


def test_what_is_opened_again_is_off_the_list(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    survey(runtime, NEXT_DAY)
    approve(runtime, [dossier], "els", NEXT_DAY)
    reopen(runtime, dossier, "Er kwam nieuws.", by(runtime, "els"), at("2031-06-11 08:00"))
    assert carry_out(runtime, None, at("2031-06-11 09:00")).done == []
    assert waiting(runtime) == ()


def test_the_list_is_the_proof_of_what_was_done(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    survey(runtime, NEXT_DAY)
    approve(runtime, [dossier], "els", NEXT_DAY)
    carry_out(runtime, None, at("2031-06-12 09:00"))
    (proof,) = listed(runtime, "els", at("2031-06-13 09:00")).done
    assert (proof.number, proof.rule, proof.selection_rule, proof.by) == (
        "BEU-2026-0001",
        "gewoon",
        "SR-7",
        "els",
    )
    assert proof.done_at.startswith("2031-06-12")
    assert proof.head == look(runtime, dossier, NEXT_DAY).dossier.head


def test_who_may_not_know_of_a_confidential_dossier_does_not_approve_it_either(runtime: Runtime) -> None:
    def for_dirk(document: dict[str, object]) -> None:
        keeping(document)
        document["rights"]["approve-retention"] = ["dagelijks-verantwoordelijke"]  # type: ignore[index]

    publish_change(runtime, for_dirk, "2026-01-02 09:00")
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    staff(runtime, "an", "algemeen-directeur")
    open_to_all, strict = closed_complaint(runtime), closed_complaint(runtime)
    fill(runtime, strict, "2026-06-11 09:00", actor="els", vertrouwelijkheid="streng")
    assert [one.dossier for one in waiting(runtime, who="dirk")] == [open_to_all]
    with pytest.raises(UnknownDossierError):
        approve(runtime, [strict], "dirk", NEXT_DAY)


def test_who_looked_at_a_dossier_is_forgotten_with_it(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    log_access(runtime, dossier, "ria", Way.PAGE, at("2026-06-12 09:00"), "Europe/Brussels")
    approve(runtime, [dossier], "els", NEXT_DAY)
    carry_out(runtime, None, NEXT_DAY)
    assert readers_of(runtime, dossier, NEXT_DAY) == []
    assert verify(runtime.store).findings == []
