"""Secrets of a register: random keys that are made once, and kept with it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.ports.store import DamagedError, Store
from gehoor.services.register.register import reading, writing

_SIGNING: Final = "secret-key"


@dataclass
class RegisterSecrets:
    """Gives the secrets of one register; each is read once."""

    _known: dict[str, str] = field(default_factory=dict)

    def of(self, store: Store, name: str) -> str:
        """Return a secret (hexadecimal), and make it when there never was one. In the place of one that is damaged or
        gone comes one that follows from the secret that signs cookies, the same in every process: what is told now is
        taken in, and only what was under way is not known again. Not to be asked inside a transaction. Raises
        ``StoreUnavailableError``, and ``DamagedError`` when that one is gone too."""
        if name not in self._known:
            try:
                with reading(store) as register:
                    found = register.setting(name)
                if found is None:
                    with writing(store) as register:
                        # Another process may have been first.
                        found = register.secret(name)
            except DamagedError:
                return _instead(store, name)
            self._known[name] = found
        return self._known[name]


def _instead(store: Store, name: str) -> str:
    with reading(store) as register:
        signing = register.setting(_SIGNING)
    if signing is None:
        raise DamagedError(f"settings {name} is gone", "settings", name)
    return hmac.new(bytes.fromhex(signing), name.encode(), hashlib.sha256).hexdigest()
