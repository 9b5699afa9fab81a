"""Who did something, as a page says it."""

from __future__ import annotations

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.web.display.actors import who
from tests.support.site import new_site

NAMES = {"els": "Els Peeters"}


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        ("els", "Els Peeters"),
        ("melder", "melder"),
        ("beheerder", "wie de server beheert"),
        ("opdrachtregel", "wie de server beheert"),
        (Operator.on_behalf_of("els").name, "wie de server beheert (els)"),
        (Operator.on_behalf_of(" de \n directie ").name, "wie de server beheert (de directie)"),
        ("gehoor", "gehoor"),
    ],
)
def test_whoever_runs_the_server_is_told_as_such_whomever_they_name(actor: str, said: str) -> None:
    with new_site().app.test_request_context("/medewerker/"):
        assert who(actor, NAMES) == said
