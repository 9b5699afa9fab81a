"""Signing in elsewhere by OpenID Connect: the code flow, with PKCE, state and nonce, through Authlib."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gehoor.services.ports.outside import SingleSignOnError

_SECONDS = 5
"""How long the other side may take."""
_AT_ONCE = 4
"""So many ask the other side at the same time, and the others wait for a moment: while it is silent, everybody else who
comes to this website is answered."""
_MOMENT = 0.5
_QUIET = 30.0
"""So many seconds nobody asks it again after it was silent."""
_LEEWAY = 60
"""How many seconds its clock may differ."""
_ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
"""Signatures that only the other side can make; none, and those with a shared secret, are not among them."""


@dataclass(frozen=True)
class OidcSettings:
    """How Gehoor is known at the other side. ``claim`` holds the name of the account; ``back`` is where browsers return
    to."""

    issuer: str
    client: str
    secret: str
    back: str
    claim: str
    name: str


class OidcSignIn:
    """One place elsewhere where people sign in. What it says of itself is asked at the first use."""

    def __init__(
        self, settings: OidcSettings, clock: Callable[[], float] = monotonic, seconds: float = _SECONDS
    ) -> None:
        """``seconds``: how long the other side may take."""
        self._settings = settings
        self._seconds = seconds
        self._clock = clock
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._quiet_until = 0.0
        self._described: dict[str, Any] = {}
        self._keys: KeySet | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self._settings.name

    def start(self) -> tuple[str, str]:
        """Return the address to send someone to, and what to keep for when they come back. Raises
        ``SingleSignOnError``."""
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        address, state = self._session().create_authorization_url(
            self._description()["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
        return address, json.dumps({"state": state, "nonce": nonce, "verifier": verifier})

    def finish(self, kept: str, given: Mapping[str, str], now: datetime) -> str:
        """Return the name of the account of someone who came back. Raises ``SingleSignOnError``."""
        before = json.loads(kept)
        if not hmac.compare_digest(before["state"].encode(), given.get("state", "").encode()):
            raise SingleSignOnError("the state is not the one that we sent")
        if given.get("iss", self._settings.issuer) != self._settings.issuer:
            raise SingleSignOnError("the answer comes from another issuer")
        if given.get("error") or not given.get("code"):
            raise SingleSignOnError(f"the other side refused: {given.get('error', 'no code')[:80]}")
        claims = self._claims(self._token(given["code"], before["verifier"]), before["nonce"], now)
        return self._account(claims)

    def _account(self, claims: Mapping[str, Any]) -> str:
        claim = self._settings.claim
        name = claims.get(claim)
        if not isinstance(name, str) or not name.strip():
            raise SingleSignOnError(f"the token has no claim {claim}")
        if claim == "email" and claims.get("email_verified") is not True:
            raise SingleSignOnError("the e-mail address is not verified at the other side")
        # Of an address capitals mean nothing; of any other claim they may tell one person from another.
        return name.lower() if claim == "email" and name.isascii() else name

    def _token(self, code: str, verifier: str) -> str:
        try:
            endpoint = self._description()["token_endpoint"]
            with self._turn():
                answer = self._session().fetch_token(
                    endpoint, code=code, code_verifier=verifier, timeout=self._seconds, allow_redirects=False
                )
        except (AuthlibBaseError, requests.RequestException, ValueError) as error:
            raise SingleSignOnError(f"no token: {type(error).__name__}") from error
        token = answer.get("id_token") if isinstance(answer, Mapping) else None
        if not isinstance(token, str):
            raise SingleSignOnError("no token of who it is")
        return token

    def _claims(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        client = self._settings.client
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = dict(self._decoded(token))
            rules.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise SingleSignOnError(
                f"the token is not right: {type(error).__name__} {error}"[:200]
            ) from error
        audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if claims.get("azp", client) != client or (len(audiences) > 1 and "azp" not in claims):
            raise SingleSignOnError("the token is for somebody else")
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(token, self._key_set(), algorithms=list(_ALGORITHMS)).claims
        except (JoseError, ValueError):
            # Keys are replaced from time to time: look once whether there are others now.
            return jwt.decode(token, self._key_set(fresh=True), algorithms=list(_ALGORITHMS)).claims

    def _key_set(self, *, fresh: bool = False) -> KeySet:
        if self._keys is None or fresh:
            self._keys = KeySet.import_key_set(self._asked(self._description()["jwks_uri"]))
        return self._keys

    def _description(self) -> dict[str, Any]:
        if not self._described:
            issuer = self._settings.issuer
            found = self._asked(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            # Who answers for somebody else could take over their sign-in.
            if found.get("issuer") != issuer or not all(isinstance(found.get(name), str) for name in needed):
                raise SingleSignOnError("the description of the other side is not that of the issuer")
            self._described = found
        return self._described

    def _asked(self, address: str) -> Any:
        try:
            with self._turn():
                answer = requests.get(address, timeout=self._seconds, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise SingleSignOnError(f"no answer: {type(error).__name__}") from error
        if not isinstance(found, dict):
            raise SingleSignOnError("an answer that we cannot read")
        return found

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Give a turn to ask the other side. Raises ``SingleSignOnError`` where it was silent just now, or too many are
        waiting for it."""
        if self._clock() < self._quiet_until:
            raise SingleSignOnError("the other side was silent just now")
        if not self._turns.acquire(timeout=_MOMENT):
            raise SingleSignOnError("too many are waiting for the other side")
        try:
            yield
        except (requests.Timeout, requests.ConnectionError):
            self._quiet_until = self._clock() + _QUIET
            raise
        finally:
            self._turns.release()

    def _session(self) -> Any:
        known = self._settings
        return OAuth2Session(
            known.client,
            known.secret or None,
            token_endpoint_auth_method="client_secret_basic" if known.secret else "none",
            scope="openid profile email",
            redirect_uri=known.back,
            code_challenge_method="S256",
        )
