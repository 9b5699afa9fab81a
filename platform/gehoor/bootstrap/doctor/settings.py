"""Checks of settings that mean nothing: with one of those no website starts, or it does less than it was asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Remark, Surroundings, refused
from gehoor.bootstrap.likeness import likeness
from gehoor.bootstrap.logs import how_logged
from gehoor.bootstrap.readiness import drain, sweep_within
from gehoor.bootstrap.single_sign_on import single_sign_on

_READERS: Final[tuple[Callable[[], object], ...]] = (
    how_logged,
    sweep_within,
    drain,
    lambda: single_sign_on(bootstrap.base_url("")),
    likeness,
)
"""What reads the settings of a website; those of proxies, HTTPS, mail and figures have a check of their own."""


def settings(_at: Surroundings) -> Iterator[Remark]:
    """Look at whether every setting can be read, as the start of a website does."""
    for read in _READERS:
        try:
            read()
        except SetupError as error:
            yield refused(str(error))
