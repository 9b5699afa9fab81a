"""The logs in the register: who opened which dossier, and who changed which account. Entries are added, and never
changed or taken out; how many there are stands in the ledger, with the hash of the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.access.account_log import AccountEntry, Done, entered
from gehoor.core.dossier.access_log import Access, hour_of, sealed
from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import SOUND, DamagedError, Tables
from gehoor.services.records.ledger_entries import GIVEN_UP, REGISTER, Name, count_in, last_of
from gehoor.services.records.ledger_lookup import last_entered


@dataclass(frozen=True)
class LogRecords:
    """The logs inside one transaction."""

    tables: Tables

    def add_access(self, dossier: str, reader: str, way: str, now: datetime, zone: str) -> None:
        """Note that somebody opened a dossier; once in each hour of the time zone."""
        entry = sealed(dossier, reader, way, now, hour_of(now, zone), self._last_access(dossier))
        if self.tables.get("access_log", entry.key) is None:
            self.tables.insert("access_log", entry.key, to_document(entry))

    def _last_access(self, dossier: str) -> Access | int | None:
        """Return the last entry of who opened a dossier; how many there were, where that cannot be read."""
        try:
            last = self.tables.select(
                "access_log", where={"dossier": dossier}, order_by=("-sequence",), limit=1
            )
        except DamagedError:
            return self._how_many("access_log", dossier, (dossier, "access_log"))
        return from_document(Access, last[0]) if last else None

    def drop_accesses(self, dossier: str) -> bool:
        """Forget who opened a dossier: once it is about nobody any more. Says whether all of it could be read."""
        try:
            keys, whole = [entry.key for entry in self.access_log(dossier)], True
        except DamagedError:
            found = [key for key, _ in self.tables.scan("access_log")]
            keys, whole = [key for key in found if key.partition("/")[0] == dossier], False
        for key in keys:
            self.tables.delete("access_log", key)
        return whole

    def access_log(self, dossier: str) -> list[Access]:
        """Return who opened a dossier, in order."""
        found = self.tables.select("access_log", where={"dossier": dossier}, order_by=("sequence",))
        return [from_document(Access, one) for one in found]

    def add_deed(self, account: str, done: Done, by: str, now: datetime) -> None:
        """Note that somebody did something with an account, also where what was done before cannot be read: nobody
        stays signed in because of it."""
        entry = entered(account, done, by, now, self._last_deed(account))
        self.tables.insert("account_log", entry.key, to_document(entry))

    def _last_deed(self, account: str) -> AccountEntry | int | None:
        try:
            last = self.tables.select(
                "account_log", where={"account": account}, order_by=("-sequence",), limit=1
            )
        except DamagedError:
            return self._how_many("account_log", account, (REGISTER, f"account_log/{account}"))
        return from_document(AccountEntry, last[0]) if last else None

    def _how_many(self, table: str, about: str, name: Name) -> int:
        """Return how many entries a log had, by the ledger and by what is there, where the last cannot be read."""
        sound = last_of(self.tables, table, about)
        there = int(sound["sequence"]) if sound else 0
        known = count_in(last_entered(self.tables, *name))
        return max(known, there) if known else there + 1

    def account_log(self, account: str) -> list[AccountEntry]:
        """Return what was done with an account, in order."""
        found = self.tables.select("account_log", where={"account": account}, order_by=("sequence",))
        return [from_document(AccountEntry, one) for one in found]

    def roles_once(self, account: str) -> tuple[str, ...] | None:
        """Return the roles that an account was ever given, also those that went; None where no log says so."""
        try:
            entries = self.account_log(account)
            given_up = self.tables.get("settings", f"{GIVEN_UP}account_log/{account}") is not None
        except DamagedError:
            return None
        if not entries or given_up:
            return None
        return tuple(sorted({role for one in entries for role in one.came}))

    def account_deeds(self, before: str = "") -> list[AccountEntry]:
        """Return what was done with all accounts, the latest first; ``before``: only what was done before an instant
        (UTC text). What is damaged is left out."""
        found = self.tables.select("account_log", where=SOUND, order_by=("-at",))
        return [from_document(AccountEntry, one) for one in found if not before or one["at"] < before]
