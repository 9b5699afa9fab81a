"""A small place where people sign in by OpenID Connect, on this computer: discovery, keys, codes and tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "gehoor", "geheim van gehoor/+"


class Provider:
    """What it knows. ``person`` are the claims of whoever signs in next; ``spoil`` changes a token before it is
    signed."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.key = RSAKey.generate_key(2048, parameters={"kid": "first", "use": "sig", "alg": "RS256"})
        self.person: dict[str, Any] = {"sub": "12", "preferred_username": "ria"}
        self.spoil: Callable[[dict[str, Any]], object] = lambda claims: None
        self.signed_by: Any = None
        self.algorithm = "RS256"
        self.description: dict[str, Any] = {}
        self.down = False
        self.codes: dict[str, Mapping[str, str]] = {}
        self.port = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def authorise(self, address: str) -> str:
        """Do what a browser and a person do at the other side. Returns the address that the browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.description,
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def token(self, form: Mapping[str, str], authorization: str) -> dict[str, Any] | None:
        """Exchange a code, once, for who sent its challenge and knows the secret of the client."""
        asked = self.codes.pop(form.get("code", ""), None)
        kind, _, told = authorization.partition(" ")
        if asked is None or kind != "Basic":
            return None
        client, _, secret = base64.b64decode(told).decode().partition(":")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            unquote(client) != CLIENT
            or (secret not in (SECRET, SECRET.replace("/", "%2F")) and unquote(secret) != SECRET)
            or challenge.decode().rstrip("=") != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        moment = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        self.spoil(claims)
        header = {"alg": self.algorithm, "kid": self.key.kid}
        signed = jwt.encode(header, claims, self.signed_by or self.key, algorithms=[self.algorithm])
        return {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": signed}


def shared_secret() -> OctKey:
    """Return a key of the kind that both sides know."""
    return OctKey.import_key(SECRET)


@contextmanager
def provider(clock: Callable[[], datetime]) -> Iterator[Provider]:
    """Serve one on a free port of this computer."""
    known = Provider(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"/.well-known/openid-configuration": known.described, "/keys": known.keys})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer({"/token": lambda: known.token(form, self.headers.get("Authorization", ""))})

        def _answer(self, pages: Mapping[str, Callable[[], Any]]) -> None:
            found = None if known.down else pages.get(self.path, lambda: None)()
            content = json.dumps(found if found is not None else {"error": "invalid_request"}).encode()
            self.send_response(503 if known.down else 200 if found is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
