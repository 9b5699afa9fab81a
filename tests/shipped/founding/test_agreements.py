"""What every shipped organisation has agreed on: what a complaint is, how one comes in, who does what by when."""

from __future__ import annotations

import pytest

from gehoor.core.wording.registry import DUTCH
from gehoor.loading.checks.analysis.guideline import guideline, is_met
from tests.shipped.founding.agreed import agreement, departments, organisations

ORGANISATIONS = organisations()
each_organisation = pytest.mark.parametrize("organisation", ORGANISATIONS)

REPAIRS = {
    "herstel_dienstverlening",
    "opnieuw_foutloos_leveren",
    "schadeloosstelling",
    "ondersteunend_gesprek",
}


@each_organisation
def test_five_things_or_more_are_a_complaint_each_with_an_example(organisation: str) -> None:
    included = agreement(organisation).complaint.includes
    assert len(included) >= 5
    assert all(example for _, example in included)


@each_organisation
def test_what_is_no_complaint_has_its_way(organisation: str) -> None:
    excluded = agreement(organisation).complaint.excludes
    assert excluded
    assert all(one.route for one in excluded)


@each_organisation
def test_two_or_more_agreed_on_it_on_a_day_and_look_again_by_another(organisation: str) -> None:
    complaint = agreement(organisation).complaint
    assert len(complaint.agreed_by) >= 2
    assert complaint.agreed_on < complaint.review_before


@each_organisation
def test_remarks_and_suggestions_are_kinds_with_somebody_whose_they_are(organisation: str) -> None:
    under = agreement(organisation)
    for kind in ("opmerking", "suggestie"):
        assert under.kinds[kind].owner in under.roles
        assert under.kinds[kind].handling


@each_organisation
def test_one_can_tell_it_and_write_it_and_each_way_says_how(organisation: str) -> None:
    channels = agreement(organisation).channels.values()
    assert {channel.medium for channel in channels} == {"oral", "written"}
    assert all(channel.way_of_working for channel in channels)


@each_organisation
def test_a_message_came_in_by_one_of_the_channels(organisation: str) -> None:
    for one in departments(organisation):
        ways = one.agreement.dossier_form.fields["drager"].choices
        offered = {way.code for way in ways if not way.retired}
        assert offered - {"sociale_media", "andere"} == {*one.agreement.channels}


@each_organisation
def test_word_of_receipt_is_sent_by_the_role_whose_it_is_and_no_other(organisation: str) -> None:
    for one in departments(organisation):
        letters = one.agreement.correspondence.values()
        (letter,) = [it for it in letters if it.reaches == "ontvangstmelding verstuurd"]
        assert letter.senders == (one.agreement.terms["ontvangstmelding"].responsible,)


@each_organisation
def test_the_agreement_says_of_each_role_what_it_does(organisation: str) -> None:
    under = agreement(organisation)
    chapter = DUTCH.agreements.by_role(under)
    said = {item.title: " ".join(one.text for one in item.sentences) for item in chapter.items}
    for term in under.terms.values():
        if term.responsible in under.roles and not term.of_duty:
            assert term.name in said[under.roles[term.responsible].name]


@each_organisation
def test_nothing_that_complaint_handling_needs_is_left_open(organisation: str) -> None:
    for one in departments(organisation):
        assert [name for name, demand in guideline().items() if not is_met(demand, one.agreement)] == []


@each_organisation
def test_the_form_for_everyone_asks_no_more_than_five_things(organisation: str) -> None:
    form = agreement(organisation).forms["melden"]
    named = ["klager_naam", "klager_email"]
    assert len({*form.required, *named}) <= 5


@each_organisation
def test_a_complaint_is_founded_unfounded_or_unclear(organisation: str) -> None:
    codes = {one.code for one in agreement(organisation).dossier_form.fields["gegrondheid"].choices}
    assert codes >= {"gegrond", "ongegrond", "onduidelijk"}


@each_organisation
def test_the_four_ways_to_put_it_right_can_be_chosen(organisation: str) -> None:
    repair = agreement(organisation).dossier_form.fields["herstelmaatregelen"].members["type"]
    assert {one.code for one in repair.choices if not one.retired} >= REPAIRS


@each_organisation
def test_each_term_has_a_role_whose_it_is_and_a_deputy_for_it(organisation: str) -> None:
    under = agreement(organisation)
    for term in under.terms.values():
        assert under.roles[under.roles[term.responsible].deputy], term.id


@each_organisation
def test_an_apology_may_be_told_written_or_a_gesture(organisation: str) -> None:
    apology = agreement(organisation).dossier_form.fields["verontschuldiging"].members["vorm"]
    assert {one.code for one in apology.choices} == {"mondeling", "schriftelijk", "goodwill"}
