"""What is closed stays closed: for departments that ended, new ones, files of others, and who sees something else."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.core.proposals.sources import SourcesError
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.agreements.publishing import Publishable, publish, stored_publishable
from gehoor.services.intake.ending import end
from gehoor.services.proposals.bringing_in import (
    NotApprovedError,
    OvertakenError,
    Wanted,
    publish_proposal,
)
from gehoor.services.proposals.changing import (
    ChangedOtherwiseError,
    Edit,
    NoSourcesError,
    bring_up_to_date,
    change_files,
    discard,
    found_organisation,
    redo,
    rename,
    undo,
)
from gehoor.services.proposals.discussing import TooManyCommentsError, agree, comment
from gehoor.services.proposals.looking import awaiting, see_proposal
from gehoor.services.proposals.outlook import outlook
from gehoor.services.proposals.rights import MayNotError, NoAgreementsError
from gehoor.services.register.library import EndedDepartmentError
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import open_by_web, staff
from tests.support.workbench import LENGTH, LINDE, TERMS, WHO_WE_ARE, begun, files, replaced, with_agreements

NOW = at("2026-05-12 11:00")
EIKENRODE = "definitions/de-linde/afdelingen/eikenrode.yaml"
FOLDER = Operator(OPERATOR)


@pytest.fixture
def runtime(drafter: ConfinedDrafter) -> Runtime:
    found = with_agreements(drafter)
    staff(found, "els", "de-linde/*:kwaliteitscoordinator")
    staff(found, "dirk", "de-linde/*:algemeen-directeur")
    return found


def shorter(runtime: Runtime) -> Proposal:
    return replaced(runtime, begun(runtime), TERMS, LENGTH, "binnen: 3 werkdagen")


def offered(runtime: Runtime, drafter: ConfinedDrafter, seen: Proposal, by: str = "els") -> list[str]:
    """Publish a proposal; return the departments for which something changed."""
    found = publish_proposal(runtime, drafter, Wanted(seen.id, seen.tree), by, NOW)
    return [one.department for one in found if one.changed]


def sources(runtime: Runtime, seen: Proposal) -> dict[str, bytes]:
    with reading(runtime.store) as register:
        return register.sources(seen.tree)


# Departments that ended


def test_publishing_opens_no_department_that_ended(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    end(runtime, (LINDE, "eikenrode"), at("2026-05-11 12:00"), "directie")
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    found = outlook(runtime, drafter, seen, sources(runtime, seen), NOW)
    assert found.ended == ("eikenrode",)
    assert "eikenrode" not in offered(runtime, drafter, seen)
    with reading(runtime.store) as register, pytest.raises(EndedDepartmentError):
        runtime.library.in_force(register, LINDE, "eikenrode", NOW)


def test_a_right_in_a_department_that_ended_opens_nothing(runtime: Runtime) -> None:
    staff(runtime, "bo", "de-linde/eikenrode:kwaliteitscoordinator")
    seen = begun(runtime, "bo")
    end(runtime, (LINDE, "eikenrode"), at("2026-05-12 09:30"), "directie")
    with pytest.raises(NoAgreementsError):
        see_proposal(runtime, seen.id, "bo", NOW)
    with pytest.raises(NoAgreementsError):
        change_files(runtime, Edit(seen.id, seen.tree, {EIKENRODE: b"taal: nl\n"}), "bo", NOW)


def test_the_file_of_a_department_that_ended_is_of_the_organisation(runtime: Runtime) -> None:
    staff(runtime, "bo", "de-linde/beukenhof:kwaliteitscoordinator")
    end(runtime, (LINDE, "eikenrode"), at("2026-05-11 12:00"), "directie")
    seen = begun(runtime, "bo")
    with pytest.raises(MayNotError):
        change_files(runtime, Edit(seen.id, seen.tree, {EIKENRODE: b"taal: nl\n"}), "bo", NOW)


def test_taking_a_department_out_of_the_files_ends_it_for_nobody(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    first = begun(runtime)
    named = files()[WHO_WE_ARE].replace(b"beukenhof, eikenrode, thuis", b"beukenhof, thuis")
    changed = {EIKENRODE: None, WHO_WE_ARE: named}
    seen = change_files(runtime, Edit(first.id, first.tree, changed), "els", NOW)
    found = outlook(runtime, drafter, seen, sources(runtime, seen), NOW)
    assert found.gone == ("eikenrode",)
    assert offered(runtime, drafter, seen) == []
    with reading(runtime.store) as register:
        assert runtime.library.in_force(register, LINDE, "eikenrode", NOW)


@pytest.mark.parametrize("name", ["eikenrode.txt", "beukenhof.eikenrode.yaml", "beukenhof"])
def test_what_is_no_file_of_a_department_is_of_the_organisation(runtime: Runtime, name: str) -> None:
    staff(runtime, "bo", "de-linde/beukenhof:kwaliteitscoordinator")
    seen = begun(runtime, "bo")
    odd = {f"definitions/de-linde/afdelingen/{name}": b"taal: nl\n"}
    with pytest.raises(MayNotError):
        change_files(runtime, Edit(seen.id, seen.tree, odd), "bo", NOW)


# New departments


def test_a_new_department_is_approved_by_who_approves_for_the_organisation(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    staff(runtime, "bea", "de-linde/beukenhof:algemeen-directeur")
    first = begun(runtime)
    new = files()[EIKENRODE].replace(b"Eikenrode", b"Wilgenhof").replace(b"EIK", b"WIL")
    where = "definitions/de-linde/afdelingen/wilgenhof.yaml"
    named = files()[WHO_WE_ARE].replace(b"eikenrode, thuis", b"eikenrode, thuis, wilgenhof")
    changed = {where: new, WHO_WE_ARE: named}
    seen = change_files(runtime, Edit(first.id, first.tree, changed), "els", NOW)
    with pytest.raises(NotApprovedError) as missing:
        offered(runtime, drafter, seen)
    assert missing.value.missing == {"wilgenhof": ("Algemeen directeur",)}
    agree(runtime, seen.id, seen.tree, "bea", NOW)
    with pytest.raises(NotApprovedError):
        offered(runtime, drafter, seen)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    assert offered(runtime, drafter, seen) == ["wilgenhof"]


# Two people


def test_a_coordinator_of_the_server_is_nobody_who_approves(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    staff(runtime, "nele")
    coordinate(runtime, "nele", ["*"], FOLDER, NOW)
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "nele", NOW)
    assert awaiting(runtime, "nele", NOW) == set()
    with pytest.raises(NotApprovedError):
        offered(runtime, drafter, seen)


def test_who_brings_files_in_wrote_them(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    staff(runtime, "both", "de-linde/*:kwaliteitscoordinator", "de-linde/*:algemeen-directeur")
    changed = {**files(), TERMS: files()[TERMS].replace(LENGTH.encode(), b"binnen: 3 werkdagen")}
    seen = found_organisation(runtime, LINDE, "Zoals in de map", changed, "both", NOW)
    agree(runtime, seen.id, seen.tree, "both", NOW)
    with pytest.raises(NotApprovedError):
        offered(runtime, drafter, seen, "both")
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    assert "beukenhof" in offered(runtime, drafter, seen, "both")


def test_files_brought_in_know_what_was_in_force(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    with reading(runtime.store) as register:
        in_force = register.tree_in_force(LINDE)
    changed = {**files(), TERMS: files()[TERMS] + b"# anders\n"}
    seen = found_organisation(runtime, LINDE, "Zoals in de map", changed, "els", NOW)
    assert seen.base == in_force
    other = replaced(runtime, begun(runtime), WHO_WE_ARE, "naam: Onthaal", "naam: Balie")
    agree(runtime, other.id, other.tree, "dirk", NOW)
    offered(runtime, drafter, other)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    with pytest.raises(OvertakenError):
        offered(runtime, drafter, seen)
    after = bring_up_to_date(runtime, seen.id, "els", NOW)
    assert b"naam: Balie" in sources(runtime, after)[WHO_WE_ARE]
    assert sources(runtime, after)[TERMS].endswith(b"# anders\n")


# What was published without its files


def without_files(runtime: Runtime) -> None:
    """Publish once more what was agreed before, as ``gehoor publish --again`` does."""
    with reading(runtime.store) as register:
        (only,) = register.publications(LINDE, "beukenhof")
    again = stored_publishable(runtime, only.agreement)
    document = {**again.document, "department": {**again.document["department"], "name": "Beukenhof, anders"}}
    offer = Publishable(LINDE, "beukenhof", document, again.places)
    assert publish(runtime, [offer], at("2026-05-12 10:30"), "directie")[0].changed


def test_what_was_begun_before_is_overtaken_by_it(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    without_files(runtime)
    with reading(runtime.store) as register:
        assert register.tree_in_force(LINDE) == ""
    assert see_proposal(runtime, seen.id, "els", NOW).is_overtaken
    with pytest.raises(OvertakenError):
        offered(runtime, drafter, seen)
    with pytest.raises(NoSourcesError):
        bring_up_to_date(runtime, seen.id, "els", NOW)
    with pytest.raises(NoSourcesError):
        begun(runtime)


def test_also_what_was_brought_in_when_there_were_no_files(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    without_files(runtime)
    seen = found_organisation(runtime, LINDE, "Zoals in de map", files(), "els", NOW)
    assert not see_proposal(runtime, seen.id, "els", NOW).is_overtaken
    end(runtime, (LINDE, "eikenrode"), at("2026-05-12 10:45"), "directie")
    assert see_proposal(runtime, seen.id, "els", NOW).is_overtaken


# Names of folders


def test_no_organisation_is_called_as_a_folder_that_others_share(runtime: Runtime) -> None:
    shared = {
        file.split("/")[1] for file in files() if file.startswith(("forms/", "rules/")) and LINDE not in file
    }
    assert shared
    for name in shared:
        mine = {f"definitions/{name}/organisatie.yaml": b"taal: nl\n"}
        with pytest.raises(SourcesError):
            found_organisation(runtime, name, "Van ons", mine, FOLDER, NOW)


def test_no_organisation_brings_files_in_for_another(runtime: Runtime) -> None:
    mine = {"definitions/zonnehof/organisatie.yaml": b"taal: nl\n", TERMS: b"taal: nl\n"}
    with pytest.raises(SourcesError):
        found_organisation(runtime, "zonnehof", "Van ons", mine, FOLDER, NOW)


# Two people at once


def test_nobody_takes_back_or_gives_up_what_they_did_not_see(runtime: Runtime) -> None:
    staff(runtime, "kim", "de-linde/*:kwaliteitscoordinator")
    seen = shorter(runtime)
    after = replaced(runtime, seen, WHO_WE_ARE, "naam: Onthaal", "naam: Balie", by="kim")
    for act in (undo, redo, discard):
        with pytest.raises(ChangedOtherwiseError):
            act(runtime, seen.id, seen.tree, "els", NOW)
    assert see_proposal(runtime, seen.id, "els", NOW).proposal == after


def test_who_makes_agreements_for_one_department_gives_up_no_work_of_others(runtime: Runtime) -> None:
    staff(runtime, "bo", "de-linde/beukenhof:kwaliteitscoordinator")
    seen = shorter(runtime)
    with pytest.raises(MayNotError):
        discard(runtime, seen.id, seen.tree, "bo", NOW)
    own = begun(runtime, "bo")
    assert not discard(runtime, own.id, own.tree, "bo", NOW).is_open


def test_who_brought_files_in_gives_that_up(runtime: Runtime) -> None:
    with writing(runtime.store) as register:
        register.enter_into_force(LINDE, "")
    seen = found_organisation(runtime, LINDE, "Zoals in de map", files(), "els", NOW)
    assert not discard(runtime, seen.id, seen.tree, "els", NOW).is_open


# Follow-up codes


def test_no_follow_up_code_stands_in_what_is_said_of_a_proposal(runtime: Runtime) -> None:
    code = open_by_web(runtime, "2026-05-11 14:00").code
    seen = begun(runtime, title=f"Zoals in {code}")
    comment(runtime, seen.id, f"De melder schreef {code}.", "els", NOW)
    after = rename(runtime, seen.id, f"Anders dan {code}", "els", NOW)
    assert "****" in after.title
    assert after.comments[0].text == "De melder schreef ****-****-****-****."
    assert code not in str(see_proposal(runtime, seen.id, "els", NOW).entries)


def test_so_much_is_said_of_a_proposal_and_no_more(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.services.proposals.discussing.MOST_COMMENTS", 2)
    seen = begun(runtime)
    for _ in range(2):
        comment(runtime, seen.id, "Kan dit sneller?", "els", NOW)
    with pytest.raises(TooManyCommentsError):
        comment(runtime, seen.id, "En dit?", "els", NOW)
