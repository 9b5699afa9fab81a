"""What has to be agreed cannot be taken out of the shipped De Linde unseen: a check names it at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gehoor.core.text.problems import Severity
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line
from tests.shipped.examples import copy_examples

COMPLAINT = "definitions/de-linde/klacht.yaml"
CHANNELS = "definitions/de-linde/kanalen.yaml"
ORGANISATION = "definitions/de-linde/organisatie.yaml"
TERMS = "rules/de-linde/termijnen.yaml"
PERSON = "forms/basis/klager.schema.yaml"
STORY = "forms/basis/klacht.schema.yaml"
RECEIPT = "forms/basis/ontvangst.schema.yaml"

# The file, what is taken out of it (the first time that it stands there), and the answer.
TAKEN_OUT = {
    "who agreed on it": (COMPLAINT, r"^  afgesproken:\n(    .*\n)+", "ontbreekt 'afgesproken'"),
    "since when": (COMPLAINT, r"^    op: .*\n", "ontbreekt 'op'"),
    "that more than one agreed": (COMPLAINT, r"(?<=door: \[)gebruikersraad, directie, ", "minstens 2"),
    "where else one goes": (COMPLAINT, r", route: het onthaal", "ontbreekt 'route'"),
    "how a channel works": (CHANNELS, r"^    werkwijze: .*\n", "ontbreekt 'werkwijze'"),
    "oral or in writing": (CHANNELS, r"^    vorm: .*\n", "ontbreekt 'vorm'"),
    "all that is oral": (CHANNELS, r"^  gesprek:\n(    .*\n)+  telefoon:\n(    .*\n)+", "een klacht die men vertelt"),
    "whether without a name": (CHANNELS, r"^anoniem:\n(  .*\n)+", "ontbreekt 'anoniem'"),
    "word of receipt": (TERMS, r"^  ontvangstmelding:\n(    .*\n)+", "Over de ontvangstmelding is nog niets"),
    "who sends word of receipt": (
        TERMS,
        r"(?<=    tot: ontvangstmelding verstuurd\n)    verantwoordelijk: .*\n",
        "ontbreekt 'verantwoordelijk'",
    ),
    "the answer": (TERMS, r"^  antwoord:\n(    .*\n)+", "vervaldatum antwoord"),
    "asking after": (TERMS, r"^  nazorg:\n(    .*\n)+", "Over de nazorg is nog niets afgesproken"),
    "how somebody is reached": (
        PERSON,
        r"^    betekenis: klager\.(telefoon|email|adres)\n",
        "Over hoe men de klager bereikt is nog niets",
    ),
    "who complains": (PERSON, r"^    betekenis: klager\.naam\n", "Over de naam van wie klaagt is nog niets"),
    "whether somebody is anonymous": (PERSON, r"^    betekenis: anoniem\n", "de betekenis 'anoniem'"),
    "the story": (STORY, r"^    betekenis: verhaal\n", "de betekenis 'verhaal'"),
    "the day of receipt": (RECEIPT, r"^    betekenis: ontvangstdatum\n", "de betekenis 'ontvangstdatum'"),
    "the number": (ORGANISATION, r"^nummering:\n(  .*\n)+", "ontbreekt 'nummering'"),
    "how personal a field is": (PERSON, r"^    persoonsgegevens: .*\n", "ontbreekt 'persoonsgegevens'"),
}  # fmt: skip

ONLY_UNNAMED = {"how somebody is reached", "who complains"}
"""The field is still there, and does not say what it means: that is warned about."""


@pytest.mark.share(3)
@pytest.mark.parametrize("what", TAKEN_OUT)
def test_what_has_to_be_agreed_is_missed_when_it_is_taken_out(what: str, tmp_path: Path) -> None:
    file, taken, said = TAKEN_OUT[what]
    copy_examples(tmp_path)
    text = (tmp_path / file).read_text("utf-8")
    every = what == "how somebody is reached"
    less, number = re.subn(taken, "", text, count=0 if every else 1, flags=re.MULTILINE)
    assert number
    (tmp_path / file).write_text(less, "utf-8")
    told = load_workspace(tmp_path, ("de-linde",)).problems
    named = [one for one in told if said in line(one)]
    assert named, [line(one) for one in told]
    if what not in ONLY_UNNAMED:
        assert all(one.severity is Severity.ERROR for one in named), "with it nothing is published"


def test_what_is_given_up_with_a_reason_is_asked_no_more(tmp_path: Path) -> None:
    copy_examples(tmp_path)
    channels, organisation = tmp_path / CHANNELS, tmp_path / ORGANISATION
    oral = r"^  gesprek:\n(    .*\n)+  telefoon:\n(    .*\n)+"
    channels.write_text(re.sub(oral, "", channels.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")
    reason = "afgezien-van:\n  mondeling: Wij horen niemand, wij werken op afstand.\n"
    organisation.write_text(organisation.read_text("utf-8") + reason, "utf-8")
    codes = {one.code for one in load_workspace(tmp_path, ("de-linde",)).problems}
    assert "nog-niet-afgesproken" not in codes
