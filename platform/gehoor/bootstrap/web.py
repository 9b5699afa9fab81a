"""The web application of a register."""

from __future__ import annotations

import secrets

from flask import Flask

from gehoor.bootstrap import now
from gehoor.bootstrap.register import hasher
from gehoor.services.register import writing
from gehoor.services.runtime import Runtime
from gehoor.web.app import create_app
from gehoor.web.draft import Draft

_SECRET = "secret-key"  # noqa: S105 - the name of a setting, not a secret


def web_app(runtime: Runtime, *, secure_cookies: bool, draft: Draft | None = None) -> Flask:
    """Return the application, with the secret key of this register. Raises ``StoreUnavailableError``."""
    return create_app(
        runtime,
        hasher=hasher(),
        clock=now,
        secret_key=_secret_key(runtime),
        secure_cookies=secure_cookies,
        draft=draft,
    )


def _secret_key(runtime: Runtime) -> str:
    """Return the key that signs cookies: made once, and kept with the register."""
    with writing(runtime.store) as register:
        key = register.setting(_SECRET)
        if key is None:
            key = secrets.token_hex(32)
            register.save_setting(_SECRET, key)
    return key
