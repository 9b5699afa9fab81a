"""The web application of a register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from gehoor.adapters.documents.typst_letters import letter_printer
from gehoor.adapters.security.one_time_codes import TotpCodes
from gehoor.adapters.security.secret_box import KeyFileError, SecretBox, key_in
from gehoor.bootstrap import SetupError, now
from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.register import common_passwords, hasher
from gehoor.bootstrap.single_sign_on import single_sign_on
from gehoor.services.ports.drafting import SourcesFolder
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from gehoor.web.app import create_app
from gehoor.web.request.draft import Draft
from gehoor.web.request.site import SignInTools, open_workbench, print_letters

SECRET = "secret-key"  # noqa: S105 - the name of a setting, not a secret
"""The setting of a register that holds the key that signs cookies."""


@dataclass(frozen=True)
class WebOptions:
    """How people sign in. Without ``key_file`` the key of what is kept secret dies with the process."""

    key_file: Path | None = None
    home: str = ""
    """The address of the website, as people elsewhere send browsers back to it."""
    folder: SourcesFolder | None = None
    """Where the files of the agreements are, if they are on this machine."""


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
    if draft is None:
        open_workbench(app, ConfinedDrafter(), options.folder if options else None)
    return app


def key_file(store: Path) -> Path:
    """Return where the key of a register stands: beside it, so that a copy of the register has no key."""
    return store.with_name(f"{store.name}.key")


def _tools(options: WebOptions) -> SignInTools:
    try:
        key = key_in(options.key_file) if options.key_file else None
    except KeyFileError as error:
        raise SetupError(
            f"De sleutel in {error} kan niet gelezen worden. Zet ze terug uit uw reservekopie, of haal het bestand "
            "weg: er komt dan een nieuwe, en wie een tweede stap heeft, stelt die opnieuw in."
        ) from error
    return SignInTools(
        common=common_passwords(),
        vault=SecretBox(key),
        codes=TotpCodes(),
        single_sign_on=single_sign_on(options.home),
    )


def _secret_key(runtime: Runtime) -> str:
    """Return the key that signs cookies: made once, and kept with the register."""
    with writing(runtime.store) as register:
        return register.secret(SECRET)
