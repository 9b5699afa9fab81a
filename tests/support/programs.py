"""Programs that ask and change by the API, without a network."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.clients import new_client
from gehoor.services.ports.records import Account
from tests.support.de_linde import ORGANISATION
from tests.support.site import Site

V1 = "/api/v1"
LAST = date(2026, 12, 31)
HERE = f"{V1}/organisations/{ORGANISATION}/departments/beukenhof"
TOLD: dict[str, Any] = {
    "uiteenzetting": "De soep was koud.",
    "ontvangstdatum": "2026-05-12",
    "drager": ["telefoon"],
    "anoniem": True,
}
"""What can be registered in Beukenhof."""


@dataclass
class Program:
    """A program with a token, or without."""

    client: FlaskClient
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Send something. ``headers``: names with an underscore for each dash."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        authorisation = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        text = body if isinstance(body, bytes) else json.dumps(body)
        content = {} if body is None else {"data": text, "content_type": "application/json"}
        return self.client.open(
            path if path.startswith("/api/") else f"{V1}{path}",
            method=method,
            headers={**authorisation, **self.headers, **named},
            **content,
        )

    def get(self, path: str, **headers: str) -> Any:
        """Return what is answered, which has to be something."""
        answer = self.ask("GET", path, **headers)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json

    def send(self, path: str, files: dict[str, Any], **headers: str) -> TestResponse:
        """Send files, with what goes along."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        authorisation = {"Authorization": f"Bearer {self.token}", **self.headers, **named}
        return self.client.post(
            path if path.startswith("/api/") else f"{V1}{path}",
            data=files,
            content_type="multipart/form-data",
            headers=authorisation,
        )


def program(site: Site, *roles: str, name: str = "koppeling") -> Program:
    """Return a program with roles in Beukenhof, whose token counts until the end of the year."""
    full = tuple(
        role if "/" in role else f"{ORGANISATION}/beukenhof:{role}" for role in roles or ("onthaal",)
    )
    account = Account(name, name.title(), "", "", full)
    token = new_client(site.runtime, account, LAST, Operator(""), site.clock.now)
    return Program(site.app.test_client(), token)
