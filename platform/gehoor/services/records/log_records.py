"""The logs in the register: who opened which dossier, and who changed which account. Entries are added, and never
changed or taken out; how many there are stands in the ledger, with the hash of the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.account_log import AccountEntry, Done, entered
from gehoor.core.dossier.access_log import Access, hour_of, sealed
from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import SOUND, DamagedError, Tables


@dataclass(frozen=True)
class LogRecords:
    """The logs inside one transaction."""

    tables: Tables

    def add_access(self, dossier: str, reader: str, way: str, now: datetime, zone: str) -> None:
        """Note that somebody opened a dossier; once in each hour of the time zone."""
        last = self.tables.select("access_log", where={"dossier": dossier}, order_by=("-sequence",), limit=1)
        after = from_document(Access, last[0]) if last else None
        entry = sealed(dossier, reader, way, now, hour_of(now, zone), after)
        if self.tables.get("access_log", entry.key) is None:
            self.tables.insert("access_log", entry.key, to_document(entry))

    def drop_accesses(self, dossier: str) -> None:
        """Forget who opened a dossier: once it is about nobody any more."""
        for entry in self.access_log(dossier):
            self.tables.delete("access_log", entry.key)

    def access_log(self, dossier: str) -> list[Access]:
        """Return who opened a dossier, in order."""
        found = self.tables.select("access_log", where={"dossier": dossier}, order_by=("sequence",))
        return [from_document(Access, one) for one in found]

    def add_deed(self, account: str, done: Done, by: str, now: datetime) -> None:
        """Note that somebody did something with an account."""
        last = self.tables.select("account_log", where={"account": account}, order_by=("-sequence",), limit=1)
        entry = entered(account, done, by, now, from_document(AccountEntry, last[0]) if last else None)
        self.tables.insert("account_log", entry.key, to_document(entry))

    def account_log(self, account: str) -> list[AccountEntry]:
        """Return what was done with an account, in order."""
        found = self.tables.select("account_log", where={"account": account}, order_by=("sequence",))
        return [from_document(AccountEntry, one) for one in found]

    def roles_once(self, account: str) -> tuple[str, ...] | None:
        """Return the roles that an account was ever given, also those that went; None where no log says so."""
        try:
            entries = self.account_log(account)
        except DamagedError:
            return None
        if not entries:
            return None
        return tuple(sorted({role for one in entries for role in one.came}))

    def account_deeds(self, before: str = "") -> list[AccountEntry]:
        """Return what was done with all accounts, the latest first; ``before``: only what was done before an instant
        (UTC text). What is damaged is left out."""
        found = self.tables.select("account_log", where=SOUND, order_by=("-at",))
        return [from_document(AccountEntry, one) for one in found if not before or one["at"] < before]
