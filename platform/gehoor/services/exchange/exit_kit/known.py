"""Which exit kits were made, for whoever manages the accounts of a whole organisation: all of it left the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.services.accounts.administration import managed_by
from gehoor.services.exchange.exit_kit.kit import kits_made
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation (and what people call it) with its last kits: when (UTC text), by whom, with how many dossiers;
    the last first. ``lost``: what is known of others is damaged."""

    organisation: str
    name: str
    made: tuple[Mapping[str, Any], ...]
    lost: bool = False


def kits_known(runtime: Runtime, account: str, now: datetime) -> list[Known]:
    """Return the kits of the organisations of which somebody manages every account."""
    with reading(runtime.store) as register:
        managed = managed_by(runtime, register, account, now)
        names = {of: one.organisation_name for (of, _department), one in managed.agreements.items()}
        return [_known(register, one, names.get(one, one)) for one in sorted(managed.whole)]


def _known(register: Register, organisation: str, name: str) -> Known:
    try:
        made = kits_made(register, organisation)
    except DamagedError:
        return Known(organisation, name, (), lost=True)
    told = tuple(one for one in made if "lost" not in one)
    return Known(organisation, name, told, lost=len(told) < len(made))
