"""Changing two dossiers that belong together: both, or neither."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.services.access.authorisation import Actor
from gehoor.services.recording.changing import FREELY, Case, Change, keep_decided, open_case, write_case
from gehoor.services.recording.recording import consequences, settled
from gehoor.services.register.register import MovedError, Register, VersionConflictError, reading, writing
from gehoor.services.register.runtime import Runtime


def changing_both(
    runtime: Runtime,
    dossiers: tuple[str, str],
    actor: Actor,
    action: Action | None,
    now: datetime,
    change: Callable[[Case, Case], tuple[Change, Change]],
) -> tuple[Dossier, Dossier]:
    """Change two dossiers in one transaction: both, or neither. Each is judged as one is by ``changing``, and it
    raises what that does."""
    for locked in (*(False,) * FREELY, True):
        try:
            return _both_changed(runtime, dossiers, actor, action, now, change, locked=locked)
        except (MovedError, VersionConflictError):
            if locked:
                raise
    raise AssertionError("the last attempt returns or raises")


def _both_changed(
    runtime: Runtime,
    dossiers: tuple[str, str],
    actor: Actor,
    action: Action | None,
    now: datetime,
    change: Callable[[Case, Case], tuple[Change, Change]],
    *,
    locked: bool,
) -> tuple[Dossier, Dossier]:
    def written(register: Register) -> list[Dossier]:
        return [write_case(register, *one) for one in prepared]

    with (writing if locked else reading)(runtime.store) as register:
        first, second = (open_case(runtime, register, one, actor, action, now) for one in dossiers)
        prepared = [
            (
                case,
                wanted,
                consequences(
                    runtime,
                    register,
                    case.staff,
                    wanted.outcome,
                    wanted.messages,
                    came=(case.dossier, case.actor_name),
                ),
            )
            for case, wanted in zip((first, second), change(first, second), strict=True)
        ]
        if locked:
            after = written(register)
    if not locked:
        with writing(runtime.store) as register:
            if runtime.staff.of(register, now) is not first.staff:
                raise MovedError
            after = written(register)
    for (_case, _wanted, recorded), dossier in zip(prepared, after, strict=True):
        keep_decided(runtime, settled(recorded, dossier))
    return after[0], after[1]
