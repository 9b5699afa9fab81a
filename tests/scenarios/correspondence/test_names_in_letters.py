"""Names of people who work here, in a letter to somebody outside."""

from __future__ import annotations

import pytest

from gehoor.services.correspondence.names import staff_named
from gehoor.services.ports.records import Account

TOM = Account("tom", "Tom Peeters", "tom@delinde.example", "", ())


@pytest.mark.parametrize(
    ("text", "addressed", "named"),
    [
        ("Beste Jan Peeters, wij kregen uw bericht.", "", True),
        ("Beste Jan Peeters, wij kregen uw bericht.", "Jan Peeters", False),
        ("Beste Peeters, wij kregen uw bericht.", "Peeters", False),
        ("Beste Jan Peeters, Tom Peeters belt u.", "Jan Peeters", True),
        ("Beste Jan Peeters, onze collega Peeters belt u.", "Jan Peeters", True),
        ("Beste, onze collega Peeters belt u.", "", True),
        ("Beste An Maes, wij bellen u.", "An Maes", False),
    ],
)
def test_the_family_name_of_who_gets_it_is_no_name_of_somebody_here(
    text: str, addressed: str, named: bool
) -> None:
    assert staff_named(text, [TOM], (), addressed) == ((TOM.full_name,) if named else ())
