"""For whom dossiers do not exist, in the register."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.records.account_records import AccountRecords
from gehoor.services.records.keys import members_in


@dataclass(frozen=True)
class ExclusionRecords(AccountRecords):
    """For whom dossiers do not exist, inside one transaction."""

    def save_exclusions(self, dossier: str, before: Collection[str], after: Collection[str]) -> None:
        """Keep for whom a dossier does not exist (accounts), at once with what makes it so. While an account is damaged
        nobody is taken out: it may be theirs that the dossier is about."""
        gone = set(before) - set(after)
        for account in gone if gone and not self.has_damaged_accounts() else ():
            self.tables.delete("exclusions", f"{dossier}/{account}")
        for account in set(after) - set(before):
            self.tables.put("exclusions", f"{dossier}/{account}", {"dossier": dossier, "account": account})

    def excluded_dossiers(self, account: str) -> frozenset[str]:
        """Return the dossiers that do not exist for an account. Of a row that is damaged its key says of which dossier
        it is: that one is kept from everybody who asks meanwhile, and from nobody the rest. Raises ``DamagedError``
        where a key says nothing."""
        try:
            found = self.tables.select("exclusions", where={"account": account})
        except DamagedError:
            hurt = [key for key, document in self.tables.scan("exclusions") if document is None]
            if not all(members_in("exclusions", key) for key in hurt):
                raise
            found = self.tables.select("exclusions", where=Where({"account": account}, sound_only=True))
            found += [members_in("exclusions", key) for key in hurt]
        return frozenset(document["dossier"] for document in found)

    def excluded_from(self, dossier: str) -> frozenset[str]:
        """Return the accounts for which a dossier does not exist."""
        found = self.tables.select("exclusions", where={"dossier": dossier})
        return frozenset(document["account"] for document in found)
