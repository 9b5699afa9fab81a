"""Agreements are proposed, agreed and published by who may, as the agreements in force say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal, State
from gehoor.core.proposals.sources import SourcesError, tree_digest, tree_of
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.ports.drafting import Act, SheetEdit
from gehoor.services.proposals.bringing_in import (
    NotApprovedError,
    OvertakenError,
    UnsoundError,
    Wanted,
    publish_proposal,
)
from gehoor.services.proposals.changing import (
    ChangedOtherwiseError,
    ClosedProposalError,
    Edit,
    NoSourcesError,
    begin_proposal,
    bring_up_to_date,
    change_files,
    discard,
    found_organisation,
    redo,
    undo,
)
from gehoor.services.proposals.discussing import OtherFilesError, agree, comment, settle, withdraw
from gehoor.services.proposals.looking import awaiting, see_proposal
from gehoor.services.proposals.outlook import outlook
from gehoor.services.proposals.rights import MayNotError, NoAgreementsError
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, staff
from tests.support.workbench import (
    LENGTH,
    LINDE,
    TERMS,
    WHO_WE_ARE,
    begun,
    files,
    replaced,
    with_agreements,
    workbench_site,
)

NOW = at("2026-05-12 11:00")


@pytest.fixture
def runtime(drafter: ConfinedDrafter) -> Runtime:
    found = with_agreements(drafter)
    staff(found, "els", "de-linde/*:kwaliteitscoordinator")
    staff(found, "dirk", "de-linde/*:algemeen-directeur")
    staff(found, "tine", "de-linde/*:teamverantwoordelijke")
    staff(found, "ria", "de-linde/*:onthaal")
    return found


def shorter(runtime: Runtime, proposal: Proposal | None = None) -> Proposal:
    return replaced(runtime, proposal or begun(runtime), TERMS, LENGTH, "binnen: 3 werkdagen")


def length(runtime: Runtime) -> int:
    """Return within how many working days receipt is told, of what is in force."""
    with reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, LINDE, "beukenhof", NOW)
    return agreement.terms["ontvangstmelding"].rule.within.amount


def wanted(proposal: Proposal) -> Wanted:
    return Wanted(proposal.id, proposal.tree)


# What is published keeps its files


def test_the_register_keeps_the_files_byte_for_byte(runtime: Runtime) -> None:
    with reading(runtime.store) as register:
        kept = register.sources(register.tree_in_force(LINDE))
    assert kept == files()


def test_without_files_nothing_can_be_proposed_yet() -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    coordinate(runtime, "els", [LINDE], Operator(OPERATOR), NOW)
    with pytest.raises(NoSourcesError):
        begin_proposal(runtime, LINDE, "Iets", "els", NOW)


# Changing and taking back


def test_taking_back_gives_the_same_bytes_and_doing_again_the_change(runtime: Runtime) -> None:
    first = begun(runtime)
    second = shorter(runtime, first)
    assert undo(runtime, first.id, second.tree, "els", NOW).tree == first.tree
    assert redo(runtime, first.id, first.tree, "els", NOW).tree == second.tree
    with reading(runtime.store) as register:
        assert register.sources(first.tree) == files()


def test_who_waits_for_an_approval_is_seen_by_who_can_give_it(runtime: Runtime) -> None:
    seen = shorter(runtime)
    assert awaiting(runtime, "dirk", NOW) == {seen.id}
    assert awaiting(runtime, "els", NOW) == set()
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    assert awaiting(runtime, "dirk", NOW) == set()


def test_who_can_approve_finds_it_among_their_tasks(drafter: ConfinedDrafter) -> None:
    site = workbench_site(drafter)
    site.clock.to("2026-05-12 14:00")
    site.staff("els", "de-linde/*:kwaliteitscoordinator")
    dirk = site.staff("dirk", "de-linde/*:algemeen-directeur")
    seen = shorter(site.runtime)
    assert [one.text for one in dirk.page("/medewerker/taken/").all("h2")] == [
        "Afspraken die op uw akkoord wachten"
    ]
    agree(site.runtime, seen.id, seen.tree, "dirk", NOW)
    assert "op uw akkoord" not in dirk.page("/medewerker/taken/").text


def test_a_role_that_goes_names_who_has_it(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    first = begun(runtime)
    wanted_edit = SheetEdit(Act.RENAME, WHO_WE_ARE, ("rollen", "sociale-dienst"), name="maatschappelijk werk")
    staff(runtime, "rita", "de-linde/*:sociale-dienst")
    edited = drafter.edit(files(), LINDE, wanted_edit)
    seen = change_files(runtime, Edit(first.id, first.tree, edited.files), "els", NOW)
    with reading(runtime.store) as register:
        sources = register.sources(seen.tree)
    found = outlook(runtime, drafter, seen, sources, NOW)
    assert {one for effect in found.changed for one in effect.bereft} == {("Sociale dienst", ("rita",))}


def test_nothing_runs_on_a_proposal(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    shorter(runtime)
    assert length(runtime) == 5


def test_two_people_in_two_places_keep_what_each_did(runtime: Runtime) -> None:
    staff(runtime, "kim", "de-linde/*:kwaliteitscoordinator")
    seen = begun(runtime)
    shorter(runtime, seen)
    after = replaced(runtime, seen, WHO_WE_ARE, "naam: Onthaal", "naam: Balie", by="kim")
    with reading(runtime.store) as register:
        found = register.sources(after.tree)
    assert b"binnen: 3 werkdagen" in found[TERMS]
    assert b"naam: Balie" in found[WHO_WE_ARE]


def test_two_people_at_the_same_line_are_told_and_nothing_is_lost(runtime: Runtime) -> None:
    staff(runtime, "kim", "de-linde/*:kwaliteitscoordinator")
    seen = begun(runtime)
    mine = shorter(runtime, seen)
    with pytest.raises(ChangedOtherwiseError) as told:
        replaced(runtime, seen, TERMS, LENGTH, "binnen: 4 werkdagen", by="kim")
    (conflict,) = told.value.conflicts
    assert (conflict.ours, conflict.theirs) == (
        ("    binnen: 4 werkdagen                   # ook: 45 kalenderdagen, 6 weken, 3 maanden, 24 uren",),
        ("    binnen: 3 werkdagen                   # ook: 45 kalenderdagen, 6 weken, 3 maanden, 24 uren",),
    ) or conflict.file == TERMS
    with reading(runtime.store) as register:
        assert register.proposal(seen.id).tree == mine.tree


@pytest.mark.parametrize(
    "file",
    [
        "../../etc/passwd", "definitions/de-linde/../x.yaml", "/etc/passwd", "definitions/waterhof/klacht.yaml",
        "tests/de-linde/x.yaml", "definitions/de-linde/.verborgen.yaml", "definitions/de-linde/a/b/c/d.yaml",
        "forms/x.yaml",
    ],
)  # fmt: skip
def test_a_file_never_stands_anywhere_else(runtime: Runtime, file: str) -> None:
    seen = begun(runtime)
    with pytest.raises(SourcesError):
        change_files(runtime, Edit(seen.id, seen.tree, {file: b"taal: nl\n"}), "els", NOW)


def test_a_file_is_no_larger_than_a_file_may_be(runtime: Runtime) -> None:
    seen = begun(runtime)
    with pytest.raises(SourcesError):
        change_files(runtime, Edit(seen.id, seen.tree, {TERMS: b"#" * 600_000}), "els", NOW)


def test_a_proposal_that_was_given_up_stays_readable_and_changes_no_more(runtime: Runtime) -> None:
    seen = shorter(runtime)
    discard(runtime, seen.id, seen.tree, "els", NOW)
    assert see_proposal(runtime, seen.id, "els", NOW).proposal.state is State.DISCARDED
    with pytest.raises(ClosedProposalError):
        undo(runtime, seen.id, seen.tree, "els", NOW)


# Who may


def test_whom_the_agreements_name_for_nothing_sees_no_proposals(runtime: Runtime) -> None:
    seen = begun(runtime)
    with pytest.raises(NoAgreementsError):
        see_proposal(runtime, seen.id, "ria", NOW)


def test_who_discusses_reads_and_changes_nothing(runtime: Runtime) -> None:
    seen = begun(runtime)
    assert see_proposal(runtime, seen.id, "tine", NOW).proposal.id == seen.id
    with pytest.raises(MayNotError):
        replaced(runtime, seen, TERMS, LENGTH, "binnen: 3 werkdagen", by="tine")


def test_a_proposal_gives_nobody_the_right_to_publish_it(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = replaced(
        runtime,
        begun(runtime),
        WHO_WE_ARE,
        "afspraken-goedkeuren: [algemeen-directeur]",
        "afspraken-goedkeuren: niemand",
    )
    with pytest.raises(NotApprovedError):
        publish_proposal(runtime, drafter, wanted(seen), "els", NOW)


def test_who_makes_agreements_for_one_department_leaves_the_others(drafter: ConfinedDrafter) -> None:
    runtime = with_agreements(drafter)
    staff(runtime, "bo", "de-linde/beukenhof:kwaliteitscoordinator")
    seen = begun(runtime, "bo")
    with pytest.raises(MayNotError) as refused:
        replaced(runtime, seen, TERMS, LENGTH, "binnen: 3 werkdagen", by="bo")
    assert refused.value.file == TERMS
    own = "definitions/de-linde/afdelingen/beukenhof.yaml"
    with reading(runtime.store) as register:
        content = register.sources(seen.tree)[own]
    after = change_files(runtime, Edit(seen.id, seen.tree, {own: content + b"# van ons\n"}), "bo", NOW)
    assert after.tree != seen.tree


def test_the_first_coordinator_makes_agreements_and_opens_no_dossier(drafter: ConfinedDrafter) -> None:
    runtime = de_linde()
    staff(runtime, "nele")
    coordinate(runtime, "nele", ["*"], Operator(OPERATOR), NOW)
    made = found_organisation(runtime, "zonnehof", "De eerste afspraken", first_files(drafter), "nele", NOW)
    published = publish_proposal(runtime, drafter, wanted(made), "nele", NOW)
    assert [one.changed for one in published] == [True]
    with reading(runtime.store) as register:
        held = runtime.staff.of(register, NOW).active("nele")
    assert held is not None
    assert held.roles == ()


def first_files(drafter: ConfinedDrafter) -> dict[str, bytes]:
    answers = {"name": "Zonnehof", "departments": "Dagopvang"}
    organisation, found = drafter.first_files(answers, NOW.date(), [])
    assert organisation == "zonnehof"
    return dict(found)


def test_nobody_else_begins_an_organisation(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    with pytest.raises(MayNotError):
        found_organisation(runtime, "zonnehof", "Van ons", first_files(drafter), "els", NOW)


# Agreeing


def test_publishing_waits_for_somebody_who_did_not_write_it(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    seen = shorter(runtime)
    with pytest.raises(NotApprovedError) as missing:
        publish_proposal(runtime, drafter, wanted(seen), "els", NOW)
    assert set(missing.value.missing.values()) == {("Algemeen directeur",)}
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    published = publish_proposal(runtime, drafter, wanted(seen), "els", NOW)
    assert any(one.changed for one in published)
    with reading(runtime.store) as register:
        (_, last) = register.publications(LINDE, "beukenhof")
    assert length(runtime) == 3
    assert last.by == "Dirk"
    assert last.sources == seen.tree


def test_whom_the_files_name_as_having_agreed_anew_stays_with_the_publication(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    before, after = (
        "door: [gebruikersraad, directie, kwaliteitscoördinator]",
        "door: [bewonersraad, directie]",
    )
    seen = replaced(runtime, begun(runtime), "definitions/de-linde/klacht.yaml", before, after)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    publish_proposal(runtime, drafter, Wanted(seen.id, seen.tree), "els", NOW)
    with reading(runtime.store) as register:
        assert register.publications(LINDE, "beukenhof")[-1].by == "bewonersraad, directie, Dirk"


def test_an_approval_lapses_with_any_change(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    after = replaced(runtime, seen, TERMS, "binnen: 3 werkdagen", "binnen: 2 werkdagen")
    assert after.agreed == {}
    with pytest.raises(NotApprovedError):
        publish_proposal(runtime, drafter, wanted(after), "els", NOW)


def test_nobody_agrees_with_what_they_did_not_read(runtime: Runtime) -> None:
    seen = begun(runtime)
    shorter(runtime, seen)
    with pytest.raises(OtherFilesError):
        agree(runtime, seen.id, seen.tree, "dirk", NOW)


def test_who_wrote_it_does_not_approve_it_with_another_account(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    with writing(runtime.store) as register:
        for name in ("els", "dirk"):
            kept = register.account(name)
            assert kept is not None
            register.save_account(replace(kept, person="els"))
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    with pytest.raises(NotApprovedError):
        publish_proposal(runtime, drafter, wanted(seen), "els", NOW)


def test_who_no_longer_agrees_counts_no_more(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    withdraw(runtime, seen.id, "dirk", NOW)
    with pytest.raises(NotApprovedError):
        publish_proposal(runtime, drafter, wanted(seen), "els", NOW)


def test_who_left_since_counts_no_more(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = shorter(runtime)
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    staff(runtime, "dirk", "de-linde/*:algemeen-directeur", active=False)
    with pytest.raises(NotApprovedError):
        publish_proposal(runtime, drafter, wanted(seen), "els", NOW)


def test_a_remark_at_a_sentence_stays_until_it_is_dealt_with(runtime: Runtime) -> None:
    seen = begun(runtime)
    after = comment(
        runtime, seen.id, "Kan dit sneller?", "tine", NOW, "beukenhof: terms/ontvangstmelding/within"
    )
    (one,) = after.comments
    assert (one.by, one.settled) == ("tine", False)
    assert settle(runtime, seen.id, one.number, "els", NOW).comments[0].settled


# Publishing


def test_a_mistake_is_not_published(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = replaced(runtime, begun(runtime), TERMS, LENGTH, "binnen: 5 werkdgaen")
    agree(runtime, seen.id, seen.tree, "dirk", NOW)
    with pytest.raises(UnsoundError) as told:
        publish_proposal(runtime, drafter, wanted(seen), "els", NOW)
    assert {(one.file, one.code) for one in told.value.judged.told if one.serious} == {
        (TERMS, "ongeldige-duur")
    }


def test_what_it_changes_is_said_in_sentences(runtime: Runtime, drafter: ConfinedDrafter) -> None:
    seen = shorter(runtime)
    with reading(runtime.store) as register:
        sources = register.sources(seen.tree)
    found = outlook(runtime, drafter, seen, sources, NOW)
    said = {change.sentence for one in found.changed if one.difference for change in one.difference.changes}
    assert said == {"De termijn “Ontvangstmelding versturen” gaat van 5 naar 3 werkdagen."}


def published(runtime: Runtime, drafter: ConfinedDrafter, proposal: Proposal) -> None:
    agree(runtime, proposal.id, proposal.tree, "dirk", NOW)
    publish_proposal(runtime, drafter, wanted(proposal), "els", NOW)


def test_what_others_published_meanwhile_is_taken_over_first(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    mine = replaced(runtime, begun(runtime), WHO_WE_ARE, "naam: Onthaal", "naam: Balie")
    published(runtime, drafter, shorter(runtime))
    agree(runtime, mine.id, mine.tree, "dirk", NOW)
    with pytest.raises(OvertakenError):
        publish_proposal(runtime, drafter, wanted(mine), "els", NOW)
    after = bring_up_to_date(runtime, mine.id, "els", NOW)
    with reading(runtime.store) as register:
        found = register.sources(after.tree)
    assert b"binnen: 3 werkdagen" in found[TERMS]
    assert b"naam: Balie" in found[WHO_WE_ARE]
    assert not after.can_undo


def test_only_a_remark_in_a_file_changes_no_agreement_and_is_kept(
    runtime: Runtime, drafter: ConfinedDrafter
) -> None:
    seen = replaced(runtime, begun(runtime), TERMS, LENGTH, f"{LENGTH} # kort")
    published = publish_proposal(runtime, drafter, wanted(seen), "els", NOW)
    assert not any(one.changed for one in published)
    with reading(runtime.store) as register:
        assert register.tree_in_force(LINDE) == seen.tree


def test_the_digest_of_a_tree_is_of_names_and_contents() -> None:
    one, other = tree_of({"a/b/c": b"1"}), tree_of({"a/b/d": b"1"})
    assert tree_digest(one) != tree_digest(other)
