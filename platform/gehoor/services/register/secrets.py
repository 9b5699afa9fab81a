"""Secrets of a register: random keys that are made once and kept with it, and count only with the key beside it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.ports.outside import Vault
from gehoor.services.ports.store import DamagedError, Store
from gehoor.services.register.register import reading, writing

SIGNING: Final = "secret-key"
"""The secret that signs cookies."""


@dataclass
class RegisterSecrets:
    """Gives the secrets of one register; each is read once. ``beside`` gives what has the key that stands beside the
    register: what is made with a secret can be made by nobody who has only the register, or a copy of it."""

    beside: Callable[[], Vault] | None = None
    _known: dict[str, str] = field(default_factory=dict)

    def of(self, store: Store, name: str) -> str:
        """Return a secret (hexadecimal), and make it when there never was one. In the place of one that is damaged or
        gone comes one that follows from the secret that signs cookies, the same in every process: what is told now is
        taken in, and only what was under way is not known again. In the place of that one comes one that follows from
        the key beside the register alone: people sign in again. Not to be asked inside a transaction. Raises
        ``StoreUnavailableError``, ``DamagedError`` where there is no key beside it either, and what ``beside``
        raises."""
        if name not in self._known:
            try:
                with reading(store) as register:
                    found = register.setting(name)
                if found is None:
                    with writing(store) as register:
                        # Another process may have been first.
                        found = register.secret(name)
            except DamagedError:
                return self._with_key(name, self._instead(store, name))
            self._known[name] = self._with_key(name, found)
        return self._known[name]

    def _with_key(self, name: str, secret: str) -> str:
        return secret if self.beside is None else self.beside().digest(f"register/{name}", secret)

    def _instead(self, store: Store, name: str) -> str:
        try:
            with reading(store) as register:
                signing = register.setting(SIGNING)
            if signing is None or name == SIGNING:
                raise DamagedError(f"settings {name} is gone", "settings", name)
        except DamagedError:
            if self.beside is None:
                raise
            # Not secret by itself: it counts with the key beside it only, as all of them do.
            signing = hashlib.sha256(b"in its place").hexdigest()
        return hmac.new(bytes.fromhex(signing), name.encode(), hashlib.sha256).hexdigest()
