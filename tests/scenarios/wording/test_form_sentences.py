"""What staff say on the phone, as a form says it."""

from __future__ import annotations

from gehoor.core.forms.translations import in_language
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import agreement

STORY = "uiteenzetting"


def test_the_dossier_says_what_to_say_and_what_is_filled_in() -> None:
    fields = agreement().dossier_form.fields
    assert fields[STORY].say.startswith("Goed dat u belt.")
    assert fields["drager"].by_phone == ["telefoon"]
    assert fields["feiten_van"].say == ""


def test_what_is_said_is_said_in_the_language_of_the_caller() -> None:
    french = in_language(agreement().dossier_form, "fr", "nl").fields
    assert french[STORY].say.startswith("Merci de nous appeler.")
    assert french[STORY].langs["say"] == "fr"


def test_the_agreement_in_words_tells_it() -> None:
    said = dict(lines(DUTCH.agreements.whole(agreement())))
    assert said["forms/dossier/properties/klager_voornaam/say"] == (
        "Aan de telefoon zeggen wij: \u201cWat is uw voornaam?\u201d"
    )
    assert (
        said["forms/dossier/properties/drager/by-phone"]
        == "Belt iemand, dan staat er al: \u201cTelefoon\u201d."
    )
    assert (
        said["forms/dossier/properties/drager/by-email"]
        == "Kwam er een e-mail, dan staat er al: \u201cE-mail\u201d."
    )
    assert said["forms/dossier/properties/klager_voornaam/translations/en/say"] == (
        "In het Engels zeggen wij aan de telefoon: \u201cWhat is your first name?\u201d"
    )
