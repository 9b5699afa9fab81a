"""Messages as people send them, and what they should become: each is an example in the files of its organisation.

``messages.csv``: the message, the kind that it is, the way it goes, and whether it is about danger.
"""

from __future__ import annotations

from collections import Counter

import pytest

from gehoor.core.agreement.classification import propose
from gehoor.core.agreement.ways import MessageExample
from tests.shipped.founding.agreed import agreement, table

MESSAGES = table("messages.csv")


def test_there_are_eight_of_each_organisation() -> None:
    assert Counter(row["organisation"] for row in MESSAGES) == {"de-linde": 8, "bruggeveld": 8, "waterhof": 8}


@pytest.mark.parametrize("row", MESSAGES, ids=lambda row: row["case"])
def test_each_becomes_what_an_expert_would_make_of_it(row: dict[str, str]) -> None:
    example = _example(row["organisation"], row["message"])
    proposal = propose(agreement(row["organisation"]), example.answers)
    assert proposal.outcome
    found = (proposal.outcome.kind, proposal.outcome.route, proposal.is_danger)
    assert found == (row["kind"], row["route"], row["danger"] == "yes")
    assert example.expect == row["kind"]


def _example(organisation: str, message: str) -> MessageExample:
    (found,) = [one for one in agreement(organisation).examples if one.message == message]
    return found
