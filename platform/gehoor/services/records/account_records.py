"""Accounts in the register: who may sign in, who is signed in, and what was tried in vain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Account, SecondStep, SignIn, Tries, from_document, to_document
from gehoor.services.ports.store import SOUND, DamagedError, Where
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.records.setting_records import SettingRecords

ACCOUNTS = "accounts"
"""The setting that is another text after each change of an account."""


@dataclass(frozen=True)
class AccountRecords(SettingRecords):
    """The accounts inside one transaction."""

    def account(self, name: str) -> Account | None:
        """Return an account by its sign-in name."""
        document = self.tables.get("accounts", name)
        return from_document(Account, document) if document else None

    def accounts(self) -> list[Account]:
        """Return all accounts, by name; not one that is damaged, which keeps nobody else out."""
        return [
            from_document(Account, document)
            for document in self.tables.select("accounts", where=SOUND, order_by=("name",))
        ]

    def has_damaged_accounts(self) -> bool:
        """Say whether an account is damaged, so that nobody knows whose it is."""
        return bool(self.damaged_accounts())

    def damaged_accounts(self) -> list[str]:
        """Return the names of accounts that are damaged."""
        return [name for name, document in self.tables.scan("accounts") if document is None]

    def save_account(self, account: Account) -> None:
        """Add or change an account."""
        self.accounts_change()
        self.tables.put("accounts", account.name, to_document(account))

    def accounts_change(self) -> None:
        """Let everyone see that there are other accounts than before."""
        self.change(ACCOUNTS)

    def session(self, token_hash: str) -> SignIn | None:
        """Return a signed-in session; one that is damaged is none."""
        document = found_in(self.tables, "sessions", token_hash)
        return from_document(SignIn, document) if document else None

    def save_session(self, session: SignIn) -> None:
        """Begin or refresh a session."""
        self.tables.put("sessions", session.token_hash, to_document(session))

    def end_session(self, token_hash: str) -> None:
        """End a session."""
        self.tables.delete("sessions", token_hash)

    def sessions_of(self, account: str) -> list[SignIn]:
        """Return the sessions of an account, the one that began first first."""
        found = self.tables.select(
            "sessions", where=Where({"account": account}, sound_only=True), order_by=("created_at",)
        )
        return [from_document(SignIn, document) for document in found]

    def second_step(self, account: str) -> SecondStep | None:
        """Return the second step of an account, also one that is not confirmed yet. Raises ``DamagedError``, also for
        one that was confirmed and is gone: else a password alone would open what two things kept closed."""
        document = self.tables.get("second_steps", account)
        if document is None and (known := self.account(account)) is not None and known.second_step:
            raise DamagedError(f"second_steps {account} is gone", "second_steps", account)
        return from_document(SecondStep, document) if document else None

    def save_second_step(self, step: SecondStep) -> None:
        """Keep the second step of an account."""
        self.tables.put("second_steps", step.account, to_document(step))
        self._has_second_step(step.account, confirmed=step.confirmed)

    def drop_second_step(self, account: str) -> None:
        """Take the second step of an account away."""
        self.tables.delete("second_steps", account)
        self._has_second_step(account, confirmed=False)

    def keep_second_step_known(self, step: SecondStep) -> None:
        """Let the account say of its second step that it is confirmed, if it is."""
        if step.confirmed:
            self._has_second_step(step.account, confirmed=True)

    def _has_second_step(self, name: str, *, confirmed: bool) -> None:
        account = self.account(name)
        if account is not None and account.second_step is not confirmed:
            self.accounts_change()
            self.tables.put("accounts", name, to_document(replace(account, second_step=confirmed)))

    def tries(self, key: str) -> Tries | None:
        """Return how often something was tried in vain; a count that is damaged begins anew."""
        document = found_in(self.tables, "tries", key)
        return from_document(Tries, document) if document else None

    def save_tries(self, tries: Tries) -> None:
        """Keep how often something was tried in vain."""
        self.tables.put("tries", tries.key, to_document(tries))

    def forget_tries(self, *keys: str) -> None:
        """Forget what was tried in vain."""
        for key in keys:
            self.tables.delete("tries", key)

    def old_tries(self, before: datetime, limit: int) -> list[str]:
        """Return the keys of what was last tried no later than an instant."""
        found = self.tables.select(
            "tries", where=SOUND, at_most=("last_at", instant_text(before)), limit=limit
        )
        return [document["key"] for document in found]
