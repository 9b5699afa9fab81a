"""Running the checks: all of them, or those without which no website starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import ACCEPT, Check, Level, Remark, Surroundings, warning
from gehoor.bootstrap.doctor.registry import CHECKS
from gehoor.services.ports.store import DamagedError


def look(at: Surroundings) -> Iterator[tuple[Check, list[Remark]]]:
    """Run every check; give each with what it said. Raises ``SetupError`` when what is accepted is no check."""
    accepted = _accepted(at)
    for check in CHECKS:
        yield check, _said(check, at, accepted)


def refuse_unsafe(at: Surroundings) -> None:
    """Raise ``SetupError`` with what is unsafe and what to do, when no website should start so."""
    accepted = _accepted(at)
    said = [
        f"{remark.text} {remark.remedy} (gehoor doctor; {ACCEPT}={check.name} aanvaardt dit)".replace(
            "  ", " "
        )
        for check in CHECKS
        if check.at_start
        for remark in _said(check, at, accepted)
        if remark.level is Level.REFUSED
    ]
    if said:
        raise SetupError("\n".join(said))


def _said(check: Check, at: Surroundings, accepted: frozenset[str]) -> list[Remark]:
    found = list(_looked(check, at))
    if check.name not in accepted:
        return found
    return [
        one
        if one.level is Level.NOTE
        else replace(one, level=Level.ACCEPTED, remedy=f"U aanvaardde dit met {ACCEPT}.")
        for one in found
    ]


def _looked(check: Check, at: Surroundings) -> Iterator[Remark]:
    """Look, as far as can be read what it looks at. That something there is damaged makes nothing unsafe, and a website
    that starts serves all the rest."""
    try:
        yield from check.look(at)
    except DamagedError as error:
        what = ", ".join(one for one in (error.table, error.key) if one)
        yield warning(
            f"Dit kon niet helemaal nagekeken worden, want hier is iets beschadigd: {what}.",
            "Doe: gehoor verify, en dan gehoor repair",
        )


def _accepted(at: Surroundings) -> frozenset[str]:
    names = frozenset(name.strip() for name in at.environ.get(ACCEPT, "").split(",") if name.strip())
    unknown = names - {check.name for check in CHECKS}
    if unknown:
        known = ", ".join(check.name for check in CHECKS)
        raise SetupError(f"{ACCEPT} noemt wat er niet is: {', '.join(sorted(unknown))}. Kies uit: {known}.")
    return names
