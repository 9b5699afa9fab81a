"""The web application of a register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from gehoor.adapters.documents.typst_letters import letter_printer
from gehoor.adapters.security.one_time_codes import TotpCodes
from gehoor.adapters.security.secret_box import SecretBox
from gehoor.bootstrap import now
from gehoor.bootstrap.register import common_passwords, hasher
from gehoor.bootstrap.register_files.key import vault_of
from gehoor.bootstrap.single_sign_on import single_sign_on
from gehoor.services.register.runtime import Runtime
from gehoor.web.app import create_app
from gehoor.web.request.draft import Draft
from gehoor.web.request.site import SignInTools, print_letters

SECRET = "secret-key"  # noqa: S105 - the name of a setting, not a secret
"""The setting of a register that holds the key that signs cookies."""


@dataclass(frozen=True)
class WebOptions:
    """How people sign in. Without ``key_file`` the key of what is kept secret dies with the process."""

    key_file: Path | None = None
    home: str = ""
    """The address of the website, as people elsewhere send browsers back to it."""


def web_app(
    runtime: Runtime, *, secure_cookies: bool, draft: Draft | None = None, options: WebOptions | None = None
) -> Flask:
    """Return the application, with the secret key of this register. Raises ``StoreUnavailableError``, and
    ``SetupError`` when the file with the key cannot be used."""
    app = create_app(
        runtime,
        hasher=hasher(),
        tools=_tools(options or WebOptions()),
        clock=now,
        secret_key=_secret_key(runtime),
        secure_cookies=secure_cookies,
        draft=draft,
    )
    print_letters(app, letter_printer())
    return app


def _tools(options: WebOptions) -> SignInTools:
    return SignInTools(
        common=common_passwords(),
        vault=vault_of(options.key_file) if options.key_file else SecretBox(),
        codes=TotpCodes(),
        single_sign_on=single_sign_on(options.home),
    )


def _secret_key(runtime: Runtime) -> str:
    """Return the key that signs cookies: of one that was made once and is kept with the register, and the one beside
    it. Whoever has a copy of the register makes no cookie."""
    return runtime.secrets.of(runtime.store, SECRET)
