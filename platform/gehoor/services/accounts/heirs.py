"""Who can take over the work of somebody who leaves."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.access.roles import holds_role
from gehoor.services.access.authorisation import Actor
from gehoor.services.accounts.administration import managed_by
from gehoor.services.accounts.open_work import OpenWork
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime


def heirs(runtime: Runtime, work: OpenWork, name: str, actor: Actor, now: datetime) -> list[Account]:
    """Return who can take over what somebody (an account) has still to do, of the accounts that exist for an actor, by
    name: who may sign in, is another person, and has a role of their own now, with dossiers, in a department where
    some of that work is."""
    with reading_projection(runtime) as register:
        managed, staff = managed_by(runtime, register, actor, now), runtime.staff.of(register, now)
        dossiers = {one for one, _number in work.handled} | {one.dossier for one in work.named}
        found = filter(None, map(register.sound_summary, sorted(dossiers)))
        places = sorted({(one.organisation, one.department) for one in found})
        seeing = [
            (one.agreement.organisation, one.agreement.department, role)
            for one in all_in_force(register, runtime.library, places, now)
            for role in roles_with_dossiers(one.agreement)
        ]
        own = staff.accounts_of(name)
        return [
            one
            for one in register.accounts()
            if one.active
            and one.name not in own
            and managed.sees(one)
            and any(holds_role(staff.presence.own[one.name], *role) for role in seeing)
        ]
