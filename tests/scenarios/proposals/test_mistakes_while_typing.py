"""Each mistake that a coordinator makes is told while it is typed, at its line, by who saw the files right before."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.folder import WorkspaceFolder
from tests.scenarios.loading.test_mistakes import MISTAKES
from tests.support.loading_cases import COMPLETE

_ORGANISATION = "klein"


@pytest.fixture(scope="module")
def right() -> Mapping[str, bytes]:
    return WorkspaceFolder(COMPLETE).read(_ORGANISATION)


@pytest.fixture(scope="module")
def knowing(drafter: ConfinedDrafter, right: Mapping[str, bytes]) -> ConfinedDrafter:
    """Return who reads files, and saw these without a mistake."""
    assert drafter.judge(right, _ORGANISATION).is_sound
    return drafter


@pytest.mark.share(6)
@pytest.mark.parametrize(("file", "old", "new", "below", "code", "said"), MISTAKES)
def test_a_mistake_is_told_while_it_is_typed(
    knowing: ConfinedDrafter, right: Mapping[str, bytes],
    file: str, old: str, new: str, below: int, code: str, said: str,
) -> None:  # fmt: skip
    text = right[file].decode()
    assert old in text, f"{file} does not say {old!r} any more"
    found = knowing.judge({**right, file: text.replace(old, new, 1).encode()}, _ORGANISATION)
    line = text[: text.index(old)].count("\n") + 1 + below
    told = [one.sentence for one in found.told if (one.file, one.line, one.code) == (file, line, code)]
    assert any(said in sentence for sentence in told), found.told
    assert {one.file for one in found.told} == {file}
