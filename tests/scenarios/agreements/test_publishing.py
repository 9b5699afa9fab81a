"""Publishing: a new agreement is for new dossiers; what runs keeps its own."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.services.agreements.publishing import (
    EnginesDisagreeError,
    Publishable,
    Validity,
    ValidityError,
    ValidityProblem,
    publish,
    stored_publishable,
)
from gehoor.services.agreements.same_numbers import SameNumbersError
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.ending import end
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.library import Library, NothingPublishedError
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.damage import damaged, gone, mended
from tests.support.de_linde import (
    QuickEngine,
    de_linde,
    departments,
    fill,
    new_runtime,
    open_by_phone,
    open_by_web,
    proposal,
    publish_change,
)

NOW = "2026-05-12 14:00"


def quicker(document: dict[str, Any]) -> None:
    document["terms"]["ontvangstmelding"]["within"] = "3 working-days"


def with_ward(document: dict[str, Any]) -> None:
    ward = {"title": "Leefgroep", "type": "string", "phase": "registratie", "at-opening": True}
    document["forms"]["dossier"]["properties"]["leefgroep"] = ward


def due(runtime: Runtime, dossier: str) -> str:
    state = look(runtime, dossier, at(NOW)).decision.terms["ontvangstmelding"]
    assert state.due is not None
    return str(state.due.due)


def history(runtime: Runtime) -> list[str]:
    with reading(runtime.store) as register:
        return [publication.agreement for publication in register.publications("de-linde", "beukenhof")]


def test_a_running_dossier_keeps_its_terms_and_a_new_one_gets_the_new() -> None:
    runtime = de_linde()
    before = open_by_phone(runtime, NOW).dossier
    publish_change(runtime, quicker, "2026-05-12 15:00")
    after = open_by_phone(runtime, "2026-05-12 16:00").dossier
    assert (due(runtime, before), due(runtime, after)) == ("2026-05-20", "2026-05-18")


def test_a_running_dossier_keeps_its_form() -> None:
    runtime = de_linde()
    before = open_by_phone(runtime, NOW).dossier
    publish_change(runtime, with_ward, "2026-05-12 15:00")
    with pytest.raises(RefusedError, match="leefgroep: form-unknown"):
        fill(runtime, before, "2026-05-12 15:30", leefgroep="Beuk 2")


def test_a_new_dossier_has_the_new_form() -> None:
    runtime = de_linde()
    publish_change(runtime, with_ward, "2026-05-12 15:00")
    after = open_by_phone(runtime, "2026-05-12 16:00", leefgroep="Beuk 2").dossier
    assert look(runtime, after, at("2026-05-12 16:00")).dossier.values["leefgroep"] == "Beuk 2"


def test_every_event_says_under_which_agreement_it_happened() -> None:
    runtime = de_linde()
    (old,) = history(runtime)
    before = open_by_phone(runtime, NOW).dossier
    publish_change(runtime, quicker, "2026-05-12 15:00")
    fill(runtime, before, "2026-05-12 15:30", aangeklaagde_dienst="Keuken")
    with reading(runtime.store) as register:
        assert {event.agreement for event in register.events(before)} == {old}


def test_a_pinned_agreement_is_found_again_by_a_register_that_just_opened() -> None:
    runtime = de_linde()
    before = open_by_phone(runtime, NOW).dossier
    publish_change(runtime, quicker, "2026-05-12 15:00")
    reopened = Runtime(
        runtime.store,
        QuickEngine(),
        Library(),
        runtime.link,
        runtime.new_id,
        runtime.inspector,
        runtime.sealer,
    )
    assert due(reopened, before) == "2026-05-20"


def test_publishing_the_same_again_changes_nothing() -> None:
    runtime = de_linde()
    (result,) = publish(runtime, [proposal()], at(NOW), "coordinator")
    assert not result.changed
    assert history(runtime) == [result.agreement]


def test_publishing_what_was_before_is_going_back() -> None:
    runtime = de_linde()
    (old,) = history(runtime)
    new = publish_change(runtime, quicker, NOW).agreement
    (back,) = publish(runtime, [proposal()], at("2026-05-12 17:00"), "coordinator")
    assert (back.changed, history(runtime)) == (True, [old, new, old])
    assert due(runtime, open_by_phone(runtime, "2026-05-12 18:00").dossier) == "2026-05-20"


def test_one_department_changes_and_the_other_does_not() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, quicker, NOW)
    there = open_by_web(runtime, "2026-05-12 16:00", "eikenrode").dossier
    assert due(runtime, there) == "2026-05-20"


def test_a_publication_says_when_and_by_whom() -> None:
    runtime = de_linde()
    publish_change(runtime, quicker, NOW)
    with reading(runtime.store) as register:
        last = register.publications("de-linde", "beukenhof")[-1]
    assert (last.sequence, last.by, last.published_at) == (2, "coordinator", "2026-05-12T12:00:00.000000Z")


def test_all_departments_are_published_or_none() -> None:
    runtime = new_runtime()

    def broken(document: dict[str, Any]) -> None:
        document["terms"]["antwoord"]["until"] = 5
        del document["terms"]["antwoord"]["name"]

    with pytest.raises(KeyError):
        publish(runtime, [proposal("eikenrode"), proposal("beukenhof", broken)], at(NOW), "coordinator")
    with reading(runtime.store) as register:
        assert register.published_departments() == []


class WrongEngine:
    """Says that the first rule never fires."""

    def fired(self, rules: Any, facts: Any) -> frozenset[str]:
        return ReferenceEngine().fired(rules, facts) - {"rule/gegrond-vraagt-verontschuldiging"}


def test_nothing_is_published_when_the_engine_reads_an_example_otherwise() -> None:
    runtime = new_runtime(engine=WrongEngine())
    with pytest.raises(EnginesDisagreeError, match="Een gegronde klacht zonder verontschuldiging"):
        publish(runtime, [proposal()], at(NOW), "coordinator")
    assert history(runtime) == []


def test_an_agreement_read_back_is_the_agreement_that_was_published() -> None:
    runtime = new_runtime()
    published = publish(runtime, [proposal(name) for name in departments()], at(NOW), "coordinator")
    with reading(runtime.store) as register:
        for result in published:
            built = Library().in_force(register, result.organisation, result.department, at(NOW))
            loaded = departments()[result.department].agreement
            assert built.hash == result.agreement == loaded.hash
            assert (built.terms, built.rules, built.phases) == (loaded.terms, loaded.rules, loaded.phases)


# From a later day


JUNE = Validity(date(2026, 6, 1))


def publish_for_june(runtime: Runtime) -> str:
    return publish(runtime, [proposal(change=quicker)], at(NOW), "team", JUNE)[0].agreement


def test_an_agreement_opens_dossiers_from_its_day_and_nobody_has_to_do_anything() -> None:
    runtime = de_linde()
    publish_for_june(runtime)
    # 5 working days in May, 3 from the first of June.
    last = open_by_phone(runtime, "2026-05-31 23:59").dossier
    first = open_by_phone(runtime, "2026-06-01 00:00").dossier
    assert (due(runtime, last), due(runtime, first)) == ("2026-06-05", "2026-06-04")


def test_a_department_whose_first_agreement_is_still_to_come_takes_in_nothing() -> None:
    runtime = new_runtime()
    publish(runtime, [proposal()], at(NOW), "team", JUNE)
    with pytest.raises(NothingPublishedError):
        open_by_phone(runtime, "2026-05-31 23:59")
    assert open_by_phone(runtime, "2026-06-01 00:00").number == "BEU-2026-0001"


def test_what_is_valid_already_or_later_is_not_published_twice() -> None:
    runtime = de_linde()
    assert not publish(runtime, [proposal()], at(NOW), "team", JUNE)[0].changed
    publish_for_june(runtime)
    assert not publish(runtime, [proposal(change=quicker)], at(NOW), "team", JUNE)[0].changed


def test_an_earlier_day_is_a_publication_of_its_own() -> None:
    runtime = de_linde()
    planned = publish_for_june(runtime)
    (sooner,) = publish(runtime, [proposal(change=quicker)], at("2026-05-13 09:00"), "team")
    assert (sooner.changed, sooner.agreement) == (True, planned)
    assert due(runtime, open_by_phone(runtime, "2026-05-13 10:00").dossier) == "2026-05-19"


def test_a_review_after_which_nothing_changed_is_a_publication_with_a_new_day() -> None:
    runtime = de_linde()
    renewed = Validity(review_before=date(2029, 1, 1))
    assert publish(runtime, [proposal()], at(NOW), "team", renewed)[0].changed
    assert not publish(runtime, [proposal()], at(NOW), "team", renewed)[0].changed


@pytest.mark.parametrize(
    ("validity", "problem", "day"),
    [
        (Validity(date(2026, 5, 11)), ValidityProblem.IN_THE_PAST, date(2026, 5, 12)),
        (Validity(None, date(2026, 5, 12)), ValidityProblem.REVIEW_TOO_EARLY, date(2026, 5, 12)),
        (Validity(date(2026, 6, 1), date(2026, 6, 1)), ValidityProblem.REVIEW_TOO_EARLY, date(2026, 6, 1)),
    ],
)
def test_days_that_cannot_be(validity: Validity, problem: ValidityProblem, day: date) -> None:
    runtime = de_linde()
    before = history(runtime)
    with pytest.raises(ValidityError) as refused:
        publish(runtime, [proposal(change=quicker)], at(NOW), "team", validity)
    assert (refused.value.problem, refused.value.day, history(runtime)) == (problem, day, before)


def test_going_back_with_nothing_but_the_register() -> None:
    runtime = de_linde()
    (old,) = history(runtime)
    new = publish_change(runtime, quicker, NOW).agreement
    (back,) = publish(runtime, [stored_publishable(runtime, old[:8])], at("2026-05-12 17:00"), "team")
    assert (back.agreement, history(runtime)) == (old, [old, new, old])


def of_another_organisation(code: str) -> Publishable:
    own = proposal("beukenhof")
    document = deepcopy(dict(own.document))
    document["organisation"]["id"] = "de-eik"
    document["department"]["code"] = code
    return Publishable("de-eik", "beukenhof", document, own.places)


def test_two_organisations_never_give_the_same_numbers() -> None:
    runtime = new_runtime()
    publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    with pytest.raises(SameNumbersError) as raised:
        publish(runtime, [of_another_organisation("BEU")], at(NOW), "team")
    assert raised.value.other == ("de-eik", "beukenhof") or raised.value.place == ("de-eik", "beukenhof")
    assert raised.value.number == "BEU-2026-0001"
    with reading(runtime.store) as register:
        assert register.publications("de-eik", "beukenhof") == []
    publish(runtime, [of_another_organisation("EIK2")], at(NOW), "team")


@pytest.mark.parametrize("lost", ["gone", "damaged", "without this department"])
def test_whoever_has_which_numbers_is_found_again_where_the_register_no_longer_says_so(lost: str) -> None:
    runtime = new_runtime()
    publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    with writing(runtime.store) as register:
        if lost == "gone":
            register.tables.delete("settings", "first-numbers")
        else:
            register.tables.put("settings", "first-numbers", {"value": "[" if lost == "damaged" else "{}"})
    if lost == "without this department":
        # What it gives it says again when it publishes.
        publish(runtime, [proposal("beukenhof")], at("2026-01-17 10:00"), "team")
    with pytest.raises(SameNumbersError):
        publish(runtime, [of_another_organisation("BEU")], at(NOW), "team")
    publish(runtime, [of_another_organisation("EIK2")], at(NOW), "team")


def test_numbers_that_a_department_gave_before_or_ended_with_are_free_for_others() -> None:
    runtime = new_runtime()
    publish(runtime, [of_another_organisation("BEU")], at("2026-01-16 10:00"), "team")
    publish(runtime, [of_another_organisation("EIK2")], at("2026-01-17 10:00"), "team")
    publish(runtime, [proposal("beukenhof")], at(NOW), "team")
    with pytest.raises(SameNumbersError):
        publish(runtime, [of_another_organisation("BEU")], at("2026-05-13 09:00"), "team")
    end(runtime, ("de-linde", "beukenhof"), at("2026-05-13 10:00"), "team")
    publish(runtime, [of_another_organisation("BEU")], at("2026-05-14 09:00"), "team")


def test_publishing_reads_of_no_other_organisation_what_it_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = new_runtime()
    publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    read: list[str] = []
    whole = Register.agreement_document

    def seen(register: Register, digest: str) -> tuple[dict[str, Any], dict[str, str]] | None:
        read.append(digest)
        return whole(register, digest)

    monkeypatch.setattr(Register, "agreement_document", seen)
    publish(runtime, [of_another_organisation("EIK2")], at(NOW), "team")
    assert read == []


def later_code(document: dict[str, Any]) -> None:
    document["department"]["code"] = "BKN"


ENDS = date(2026, 12, 1)


def ends_later(runtime: Runtime) -> None:
    end(runtime, ("de-linde", "beukenhof"), at(NOW), "team", ENDS)


def has_another_code_later(runtime: Runtime) -> None:
    publish(runtime, [proposal("beukenhof", later_code)], at(NOW), "team", Validity(ENDS))


@pytest.mark.parametrize("change", [ends_later, has_another_code_later])
def test_numbers_are_free_only_from_the_day_on_which_they_are_no_longer_given(
    change: Callable[[Runtime], None],
) -> None:
    runtime = new_runtime()
    publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    change(runtime)
    with pytest.raises(SameNumbersError):
        publish(runtime, [of_another_organisation("BEU")], at("2026-11-30 23:00"), "team")
    publish(runtime, [of_another_organisation("BEU")], at("2026-12-01 09:00"), "team")


def test_numbers_that_are_to_be_given_from_a_later_day_are_not_free() -> None:
    runtime = new_runtime()
    publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    has_another_code_later(runtime)
    with pytest.raises(SameNumbersError):
        publish(runtime, [of_another_organisation("BKN")], at(NOW), "team")


def test_whoever_could_not_be_read_is_not_forgotten_when_it_is_kept_who_has_which_numbers() -> None:
    runtime = new_runtime()
    (published,) = publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    gone(runtime, "settings", "first-numbers")
    damaged(runtime, "agreements", published.agreement)
    publish(runtime, [of_another_organisation("EIK2")], at(NOW), "team")
    mended(runtime, "agreements", published.agreement)
    with pytest.raises(SameNumbersError):
        publish(runtime, [of_another_organisation("BEU")], at("2026-05-13 10:00"), "team")


def test_nobody_takes_the_numbers_of_whom_it_cannot_be_read_what_they_give() -> None:
    runtime = new_runtime()
    (published,) = publish(runtime, [proposal("beukenhof")], at("2026-01-16 10:00"), "team")
    damaged(runtime, "agreements", published.agreement)
    with pytest.raises(SameNumbersError):
        publish(runtime, [of_another_organisation("BEU")], at(NOW), "team")
