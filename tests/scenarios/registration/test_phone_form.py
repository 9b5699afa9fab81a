"""Which questions a caller is asked, in which order."""

from __future__ import annotations

from dataclasses import replace

from gehoor.core.forms.phone_form import filled_in_by_phone, is_filled_in, phone_form, spoken_languages
from tests.support.de_linde import agreement

FORM = agreement().dossier_form
AT_OPENING = {of.id for of in FORM.fields.values() if of.at_opening}


def test_the_story_is_first_and_what_is_filled_in_already_is_last() -> None:
    steps = [step.id for step in phone_form(FORM, AT_OPENING, ()).steps]
    asked = [name for name in steps if not is_filled_in(FORM.fields[name])]
    assert asked[0] == "uiteenzetting"
    assert steps[: len(asked)] == asked


def test_files_do_not_come_by_phone() -> None:
    assert "bijlagen" in AT_OPENING
    assert "bijlagen" not in phone_form(FORM, AT_OPENING, ()).fields


def test_only_what_somebody_fills_in_there_is_asked_or_required() -> None:
    form = phone_form(FORM, {"uiteenzetting", "onderwerp"}, {"uiteenzetting", "drager"})
    assert set(form.fields) == {"uiteenzetting", "onderwerp"}
    assert form.required == {"uiteenzetting"}


def test_what_was_agreed_to_be_said_is_asked_although_something_stands_there() -> None:
    danger = FORM.fields["acuut_gevaar"]
    assert danger.default is False
    assert not is_filled_in(danger)
    assert is_filled_in(replace(danger, say=""))


def test_what_stands_there_when_somebody_calls() -> None:
    assert filled_in_by_phone(FORM.fields.values()) == {"drager": ["telefoon"], "indieningsvorm": "mondeling"}


def test_the_languages_in_which_there_is_something_to_say() -> None:
    assert spoken_languages(FORM, ("nl", "en", "fr", "de")) == ("nl", "en", "fr")
