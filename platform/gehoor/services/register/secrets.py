"""Secrets of a register: random keys that are made once, and kept with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from gehoor.services.ports.store import Store
from gehoor.services.register.register import reading, writing

_BYTES = 32


@dataclass
class RegisterSecrets:
    """Gives the secrets of one register; each is read once."""

    _known: dict[str, str] = field(default_factory=dict)

    def of(self, store: Store, name: str) -> str:
        """Return a secret (hexadecimal), and make it when there is none. Not to be asked inside a transaction. Raises
        ``StoreUnavailableError``."""
        if name not in self._known:
            with reading(store) as register:
                found = register.setting(name)
            self._known[name] = found if found is not None else self._made(store, name)
        return self._known[name]

    def _made(self, store: Store, name: str) -> str:
        with writing(store) as register:
            # Another process may have been first.
            found = register.setting(name)
            if found is None:
                found = secrets.token_hex(_BYTES)
                register.save_setting(name, found)
            return found
