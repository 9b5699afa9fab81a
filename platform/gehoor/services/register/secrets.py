"""Secrets of a register: random keys that are made once, and kept with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.ports.store import DamagedError, Store
from gehoor.services.register.register import reading, writing

_BYTES: Final = 32


@dataclass
class RegisterSecrets:
    """Gives the secrets of one register; each is read once."""

    _known: dict[str, str] = field(default_factory=dict)
    _instead: dict[str, str] = field(default_factory=dict)
    """Of this process alone, in the place of one that is damaged or gone."""

    def of(self, store: Store, name: str) -> str:
        """Return a secret (hexadecimal), and make it when there never was one. In the place of one that is damaged or
        gone comes one of this process, until it is mended: what is told now is taken in, and only what was under way
        is not known again. Not to be asked inside a transaction. Raises ``StoreUnavailableError``."""
        if name not in self._known:
            try:
                with reading(store) as register:
                    found = register.setting(name)
                if found is None:
                    with writing(store) as register:
                        # Another process may have been first.
                        found = register.secret(name)
            except DamagedError:
                return self._instead.setdefault(name, secrets.token_hex(_BYTES))
            self._known[name] = found
        return self._known[name]
