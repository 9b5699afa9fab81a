"""One who reads files for all of these scenarios: a child takes a while to begin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter


@pytest.fixture(scope="session")
def drafter() -> Iterator[ConfinedDrafter]:
    found = ConfinedDrafter()
    yield found
    found.workers.close()
