"""Two hundred e-mails: each is read as a person would, and told for what it is."""

from __future__ import annotations

import pytest

from gehoor.core.mail.eml import read_eml
from gehoor.core.mail.model import MailKind
from tests.support.mails.machines import OWN, automatic, bounces, own
from tests.support.mails.people import mistaken, told
from tests.support.mails.writing import Written

MAILS = [*told(), *mistaken(), *automatic(), *bounces(), *own()]


def test_there_are_two_hundred() -> None:
    assert len(MAILS) >= 200
    assert len({one.name for one in MAILS}) == len(MAILS)


@pytest.mark.parametrize("one", MAILS, ids=lambda one: one.name)
def test_each_is_told_for_what_it_is(one: Written) -> None:
    assert read_eml(one.content, [OWN]).kind is one.kind


@pytest.mark.parametrize(
    "one", [one for one in MAILS if one.kind is MailKind.PERSON], ids=lambda one: one.name
)
def test_what_people_wrote_is_read_as_they_wrote_it(one: Written) -> None:
    found = read_eml(one.content, [OWN])
    got = {
        "sender": (found.sender_name, found.sender_address),
        "subject": found.subject,
        "text": found.text,
        "files": tuple(file.name for file in found.files),
        "sent_at": found.sent_at,
    }
    wanted = {name: getattr(one, name) for name in got if getattr(one, name) is not None or name == "sent_at"}
    assert {name: got[name] for name in wanted} == wanted
