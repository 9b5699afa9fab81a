"""Telling programs what happened: with the settings of the environment, and the key beside the register."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from gehoor.adapters.hooks.poster import HttpPoster
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.key import key_file, vault_of
from gehoor.services.exchange.posting import post_events
from gehoor.services.messages.claims import POSTING, UNTOLD
from gehoor.services.messages.sending import Delivered
from gehoor.services.ports.outside import Vault
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


def hook_poster() -> HttpPoster:
    """Return what tells programs: to addresses of one's own network only with ``GEHOOR_WEBHOOK_PRIVATE``, without https
    only with ``GEHOOR_WEBHOOK_HTTP``. Raises ``SetupError``."""
    return HttpPoster(private=_is_on("GEHOOR_WEBHOOK_PRIVATE"), plain=_is_on("GEHOOR_WEBHOOK_HTTP"))


def hook_vault(store: Path) -> Vault:
    """Return what the secrets of subscriptions are sealed with. Raises ``SetupError``."""
    return vault_of(key_file(store))


def tell_programs(
    runtime: Runtime,
    store: Path,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Tell programs what waits for them. Raises ``SetupError``."""
    with reading(runtime.store) as register:
        waits = {"state": [POSTING, UNTOLD]}
        if not register.tables.count("messages", where=waits, most=1):
            return Delivered(0, 0)
    return post_events(runtime, hook_poster(), hook_vault(store), clock, stop)


def _is_on(name: str) -> bool:
    text = os.environ.get(name, "")
    if text not in ("", "0", "1"):
        raise SetupError(f"{name} kan niet; schrijf 1 als het mag, of 0.")
    return text == "1"
