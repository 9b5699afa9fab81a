"""What a confirmation is of: the account as somebody saw it when they said that it is right."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.accounts.deputies import acting_roles, deputies_of
from gehoor.services.ports.records import Account
from gehoor.services.register.staff import Staff


class ChangedMeanwhileError(Exception):
    """Something about the account is otherwise than what was seen."""


def state_stamp(account: Account, staff: Staff, now: datetime) -> str:
    """Return what an account is called as it stands, for who confirms what waits for it: another as soon as anything
    that they judge is another. That is whose it is and who looks like them, what it has and gets and for when, and to
    whom that comes by an absence; not the password that its owner chose."""
    names = [account.full_name, *(one["full_name"] for one in account.waiting if "full_name" in one)]
    said = {
        "account": [account.full_name, account.email, account.active, account.password_by],
        "roles": [list(account.roles), list(map(dict, account.periods)), list(map(dict, account.absences))],
        "waiting": list(map(dict, account.waiting)),
        "person": sorted(staff.accounts_of(account.name)),
        "alike": [staff.namesakes(account.name, name) for name in names],
        "deputies": sorted(deputies_of(staff.accounts, account.name, now)),
        "acts in": sorted(set(acting_roles(staff.accounts, account, now))),
    }
    return content_hash(dump(said))[:16]
