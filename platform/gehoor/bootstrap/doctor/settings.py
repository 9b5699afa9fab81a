"""Checks of settings that mean nothing: with one of those no website starts, or it does less than it was asked to.

What reads them stands in one list, that the start of a website goes through as well: what passes here, passes there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Remark, Surroundings, refused, warning
from gehoor.bootstrap.doctor.names import unknown_names
from gehoor.bootstrap.exchange.hooks import hook_poster
from gehoor.bootstrap.likeness import likeness
from gehoor.bootstrap.logs import how_logged
from gehoor.bootstrap.metrics import TOKEN_FILE, metrics_token
from gehoor.bootstrap.readiness import drain, sweep_within
from gehoor.bootstrap.single_sign_on import single_sign_on
from gehoor.bootstrap.site_address import over_https, read_address
from gehoor.bootstrap.web import repeats_for
from gehoor.bootstrap.website import trusted_proxies

_READERS: Final[tuple[Callable[[], object], ...]] = (
    read_address,
    over_https,
    trusted_proxies,
    how_logged,
    sweep_within,
    drain,
    lambda: single_sign_on(bootstrap.base_url("")),
    likeness,
    repeats_for,
    hook_poster,
    lambda: metrics_token(os.environ),
)
"""What reads the settings of a website; those of mail need to know of which register."""
_TOLD_ELSEWHERE: Final = frozenset({"GEHOOR_URL", "GEHOOR_HTTPS", "GEHOOR_PROXIES", TOKEN_FILE})
"""Settings that another check tells of, with what else there is to say of them."""


def read_settings() -> None:
    """Read each setting, as a website does that starts. Raises ``SetupError`` for one that means nothing."""
    for read in _READERS:
        read()


def settings(at: Surroundings) -> Iterator[Remark]:
    """Look at whether every setting can be read, as the start of a website does, and whether each is one."""
    for read in _READERS:
        try:
            read()
        except SetupError as error:
            if not any(name in str(error) for name in _TOLD_ELSEWHERE):
                yield refused(str(error))
    for sentence in unknown_names(at.environ):
        yield warning(sentence, "Verbeter de naam, of haal ze weg.")
