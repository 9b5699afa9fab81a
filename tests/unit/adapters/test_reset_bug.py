"""Which versions of SQLite have the WAL-reset bug."""

from __future__ import annotations

import pytest

from gehoor.adapters.stores.sqlite.connections.reset_bug import has_reset_bug


@pytest.mark.parametrize(
    ("version", "has_it"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 9), False),
        ((3, 45, 0), True),
        ((3, 49, 2), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_the_versions_that_have_it(version: tuple[int, int, int], has_it: bool) -> None:
    assert has_reset_bug(version) is has_it
