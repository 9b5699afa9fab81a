"""The pages of De Linde, without a network: a browser's side of Flask's test client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gehoor.adapters.handbook.markdown_handbook import MarkdownHandbook
from gehoor.adapters.security.common_passwords import ReckonedPasswords
from gehoor.adapters.security.one_time_codes import TotpCodes
from gehoor.adapters.security.secret_box import SecretBox
from gehoor.services.accounts.accounts import add_account
from gehoor.services.ports.outside import PasswordHasher, SingleSignOn
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime
from gehoor.web.app import create_app
from gehoor.web.request.site import SignInTools, open_handbook
from tests.support import quick_routes
from tests.support.clock import Clock
from tests.support.de_linde import ORGANISATION, de_linde
from tests.support.handbook import HANDBOOK
from tests.support.pages import Page
from tests.support.passwords import QuickHasher

PASSWORD = "lindebloesem"
_HANDBOOK = MarkdownHandbook(HANDBOOK)
"""Read once a process."""


class SameSite(FlaskClient):
    """A client that says of what it sends, as every browser does, that it comes from a page of this site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"


@dataclass
class Site:
    """An application with its clock and register."""

    app: Flask
    runtime: Runtime
    clock: Clock

    def visitor(self) -> Visitor:
        """Return a browser with no cookies yet."""
        return Visitor(self.app.test_client())

    def add_staff(self, name: str, *roles: str) -> None:
        full = tuple(role if "/" in role else f"{ORGANISATION}/beukenhof:{role}" for role in roles)
        account = Account(name, name.title(), f"{name}@delinde.example", "", full)
        add_account(self.runtime, QuickHasher(), account, PASSWORD)

    def staff(self, name: str = "ria", *roles: str) -> Visitor:
        """Return the browser of someone with roles in Beukenhof who just signed in."""
        self.add_staff(name, *(roles or ("onthaal",)))
        visitor = self.visitor()
        answer = visitor.send("/medewerker/aanmelden", naam=name, wachtwoord=PASSWORD)
        assert answer.status_code == 303, answer.text
        return visitor


@dataclass
class Visitor:
    """A browser: it keeps cookies, and sends a form with everything that was in it."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def page(self, path: str) -> Page:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.location)
        return Page(answer.text)

    def post(self, path: str, data: Any) -> TestResponse:
        answer = self.client.post(path, data=data)
        # What is large, the test client writes to a file of its own and forgets.
        answer.request.environ["wsgi.input"].close()
        return answer

    def send(self, path: str, **typed: Any) -> TestResponse:
        """Open a page, fill in its form and send it."""
        return self.resend(path, self.page(path), **typed)

    def resend(self, path: str, page: Page, **typed: Any) -> TestResponse:
        """Fill in the form of a page that is open already, and send it. None leaves an answer out."""
        fields: dict[str, Any] = {}
        for name, value in page.form_data():
            fields.setdefault(name, []).append(value)
        return self.post(
            path, {name: value for name, value in {**fields, **typed}.items() if value is not None}
        )


def tools(single_sign_on: SingleSignOn | None = None) -> SignInTools:
    """Return what signing in takes: the real ones, with a key of their own."""
    return SignInTools(ReckonedPasswords(), SecretBox(b"k" * 32), TotpCodes(), single_sign_on)


quick_routes.install()


def new_site(
    when: str = "2026-05-12 14:00",
    runtime: Runtime | None = None,
    *,
    secure: bool = False,
    single_sign_on: SingleSignOn | None = None,
    hasher: PasswordHasher | None = None,
) -> Site:
    """Return the site of De Linde on a fixed clock."""
    clock = Clock(when)
    used = runtime or de_linde(names=("beukenhof", "eikenrode"))
    app = create_app(
        used,
        hasher=hasher or QuickHasher(),
        tools=tools(single_sign_on),
        clock=clock,
        secret_key="not a secret",
        secure_cookies=secure,
    )
    open_handbook(app, _HANDBOOK)
    app.test_client_class = SameSite
    return Site(app, used, clock)
