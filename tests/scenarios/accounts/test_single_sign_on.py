"""Signing in elsewhere: who comes back with a sound token for an account that exists, is in; nobody else."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from gehoor.adapters.security.oidc import OidcSettings, OidcSignIn
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.single_sign_on import BACK, single_sign_on
from gehoor.services.ports.outside import SingleSignOnError
from tests.support.oidc_provider import CLIENT, SECRET, Provider, provider, shared_secret
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site

SIGN_IN = "/medewerker/aanmelden"
LEAVE = "/medewerker/aanmelden/elders"
WORK = "/medewerker/"
HOME = "http://localhost"


@pytest.fixture
def elsewhere() -> Iterator[Provider]:
    site = new_site()
    with provider(site.clock) as known:
        yield known


def connected(known: Provider, claim: str = "preferred_username", **other: str) -> Site:
    settings = OidcSettings(known.issuer, CLIENT, SECRET, f"{HOME}{BACK}", claim, "De Linde")
    site = new_site(single_sign_on=OidcSignIn(replace(settings, **other)))
    known.clock = site.clock
    site.add_staff("ria", "onthaal")
    return site


def there_and_back(
    known: Provider, visitor: Visitor, change: Callable[[str], str] = str, leave: str = LEAVE
) -> TestResponse:
    gone = visitor.get(leave)
    assert gone.status_code == 302, gone.text
    back = urlsplit(change(known.authorise(gone.location)))
    return visitor.get(f"{back.path}?{back.query}")


def test_who_is_known_elsewhere_and_has_an_account_is_in(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    visitor = site.visitor()
    page = visitor.page(SIGN_IN)
    assert page_faults(page) == []
    assert "Aanmelden met De Linde" in page.text
    answer = there_and_back(elsewhere, visitor)
    assert (answer.status_code, answer.location) == (303, WORK)
    assert "Ria" in visitor.page(WORK).text


def test_afterwards_the_page_that_was_asked_for_opens(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    visitor = site.visitor()
    answer = there_and_back(elsewhere, visitor, leave=f"{LEAVE}?naar=/medewerker/%3Ftoon%3Dafgesloten")
    assert answer.location == f"{WORK}?toon=afgesloten"
    answer = there_and_back(elsewhere, visitor, leave=f"{LEAVE}?naar=//kwaad.example/")
    assert answer.location == WORK


def test_the_password_still_works_beside_it(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    assert site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code == 303


def test_without_it_there_is_nothing_to_see(elsewhere: Provider) -> None:
    site = new_site()
    assert "Aanmelden met" not in site.visitor().page(SIGN_IN).text
    assert site.visitor().get(LEAVE).status_code == 404
    assert site.visitor().get(BACK).status_code == 404


@pytest.mark.parametrize("name", ["rik", "gestopt"])
def test_who_has_no_active_account_is_told_so_and_is_not_in(elsewhere: Provider, name: str) -> None:
    from gehoor.services.register.register import writing

    site = connected(elsewhere)
    site.add_staff("gestopt", "onthaal")
    with writing(site.runtime.store) as register:
        account = register.account("gestopt")
        assert account is not None
        register.save_account(replace(account, active=False))
    elsewhere.person["preferred_username"] = name
    visitor = site.visitor()
    answer = there_and_back(elsewhere, visitor)
    assert answer.status_code == 403
    page = Page(answer.text)
    assert page_faults(page) == []
    assert "hebt hier geen account" in page.text
    assert visitor.get(WORK).status_code == 302


@pytest.mark.parametrize("name", ["RIA", "Ria", " ria "])
def test_another_way_to_write_a_name_is_somebody_else(elsewhere: Provider, name: str) -> None:
    site = connected(elsewhere)
    elsewhere.person["preferred_username"] = name
    assert there_and_back(elsewhere, site.visitor()).status_code == 403


def test_while_the_other_side_is_silent_nobody_waits_for_it_twice() -> None:
    """A listener that takes a call and never answers: the first who waits tells all others."""
    moment = [0.0]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at_issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        known = OidcSettings(at_issuer, CLIENT, "", "http://localhost/terug", "preferred_username", "X")
        there = OidcSignIn(known, clock=lambda: moment[0], seconds=0.2)
        with pytest.raises(SingleSignOnError, match="no answer"):
            there.start()
        for _ in range(20):
            with pytest.raises(SingleSignOnError, match="silent just now"):
                there.start()
        moment[0] = 31.0
        with pytest.raises(SingleSignOnError, match="no answer"):
            there.start()


def refused(known: Provider, site: Site, change: Callable[[str], str] = str) -> None:
    visitor = site.visitor()
    answer = there_and_back(known, visitor, change)
    assert answer.status_code == 502
    assert page_faults(Page(answer.text)) == []
    assert visitor.get(WORK).status_code == 302


SPOILED: dict[str, Callable[[dict[str, Any]], object]] = {
    "another issuer": lambda claims: claims.update(iss="https://kwaad.example"),
    "no issuer": lambda claims: claims.pop("iss"),
    "for another client": lambda claims: claims.update(aud="ander"),
    "for several, and it does not say whom": lambda claims: claims.update(aud=[CLIENT, "ander"]),
    "given to another client": lambda claims: claims.update(azp="ander"),
    "another nonce": lambda claims: claims.update(nonce="x"),
    "no nonce": lambda claims: claims.pop("nonce"),
    "over": lambda claims: claims.update(exp=claims["iat"] - 61),
    "never over": lambda claims: claims.pop("exp"),
    "from the future": lambda claims: claims.update(iat=claims["iat"] + 3600),
    "about nobody": lambda claims: claims.pop("sub"),
    "without a name": lambda claims: claims.pop("preferred_username"),
    "a name that is none": lambda claims: claims.update(preferred_username=["ria"]),
    "an empty name": lambda claims: claims.update(preferred_username=" "),
}


@pytest.mark.parametrize("what", SPOILED)
@pytest.mark.filterwarnings("default")
def test_a_token_that_is_not_right_lets_nobody_in(elsewhere: Provider, what: str) -> None:
    site = connected(elsewhere)
    elsewhere.spoil = SPOILED[what]
    refused(elsewhere, site)


def test_a_token_that_someone_else_signed_lets_nobody_in(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    elsewhere.signed_by = RSAKey.generate_key(2048, parameters={"kid": elsewhere.key.kid})
    refused(elsewhere, site)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_a_token_signed_with_the_shared_secret_lets_nobody_in(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    elsewhere.algorithm, elsewhere.signed_by = "HS256", shared_secret()
    refused(elsewhere, site)


def test_keys_may_be_replaced_at_the_other_side(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    assert there_and_back(elsewhere, site.visitor()).status_code == 303
    elsewhere.key = RSAKey.generate_key(2048, parameters={"kid": "second", "use": "sig", "alg": "RS256"})
    assert there_and_back(elsewhere, site.visitor()).status_code == 303


def with_query(**changed: str | None) -> Callable[[str], str]:
    def change(address: str) -> str:
        parts = urlsplit(address)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return parts._replace(
            query=urlencode({n: v for n, v in {**given, **changed}.items() if v is not None})
        ).geturl()

    return change


@pytest.mark.parametrize(
    "changed",
    [{"state": "x"}, {"state": None}, {"state": "é"}, {"code": None}, {"code": "x"},
     {"iss": "https://kwaad.example"}, {"error": "access_denied"}],
)  # fmt: skip
def test_an_answer_that_was_changed_lets_nobody_in(
    elsewhere: Provider, changed: dict[str, str | None]
) -> None:
    refused(elsewhere, connected(elsewhere), with_query(**changed))


def test_the_answer_for_one_browser_is_of_no_use_in_another(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    one, other = site.visitor(), site.visitor()
    back = urlsplit(elsewhere.authorise(one.get(LEAVE).location))
    other.get(LEAVE)
    assert other.get(f"{back.path}?{back.query}").status_code == 502


def test_an_answer_works_once(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    visitor = site.visitor()
    back = urlsplit(elsewhere.authorise(visitor.get(LEAVE).location))
    assert visitor.get(f"{back.path}?{back.query}").status_code == 303
    assert visitor.get(f"{back.path}?{back.query}").status_code == 502


def test_the_session_begins_with_a_fresh_cookie_and_ends_like_any_other(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    visitor = site.visitor()
    there_and_back(elsewhere, visitor)
    with visitor.client.session_transaction() as session:
        assert "elsewhere" not in session
    token = visitor.page(WORK).value("csrf_token")
    assert visitor.post("/medewerker/afmelden", {"csrf_token": token}).status_code == 303
    assert visitor.get(WORK).status_code == 302


@pytest.mark.parametrize(("verified", "code"), [(True, 303), (False, 502), ("true", 502), (None, 502)])
def test_an_email_address_counts_when_it_was_verified(
    elsewhere: Provider, verified: object, code: int
) -> None:
    site = connected(elsewhere, claim="email")
    site.add_staff("ria@delinde.example", "onthaal")
    elsewhere.person = {"sub": "1", "email": "Ria@delinde.example", "email_verified": verified}
    assert there_and_back(elsewhere, site.visitor()).status_code == code


def test_the_wrong_secret_gets_no_token(elsewhere: Provider) -> None:
    refused(elsewhere, connected(elsewhere, secret="fout"))


def test_when_the_other_side_is_away_the_page_says_so(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    elsewhere.down = True
    answer = site.visitor().get(LEAVE)
    assert answer.status_code == 502
    assert "lukt nu niet" in answer.text
    elsewhere.down = False
    assert there_and_back(elsewhere, site.visitor()).status_code == 303


@pytest.mark.parametrize("described", [{"issuer": "https://kwaad.example"}, {"token_endpoint": None}])
def test_a_description_of_somebody_else_is_not_taken(elsewhere: Provider, described: dict[str, Any]) -> None:
    site = connected(elsewhere)
    elsewhere.description = described
    assert site.visitor().get(LEAVE).status_code == 502


def test_a_second_step_is_asked_here_too(elsewhere: Provider) -> None:
    from tests.scenarios.accounts.test_second_factor import CODE, switched_on

    site = connected(elsewhere)
    switched_on(site)
    answer = there_and_back(elsewhere, site.visitor())
    assert (answer.status_code, answer.location) == (303, CODE)


def test_a_clock_that_differs_a_little_does_no_harm(elsewhere: Provider) -> None:
    site = connected(elsewhere)
    elsewhere.clock = lambda: site.clock.now + timedelta(seconds=30)
    assert there_and_back(elsewhere, site.visitor()).status_code == 303


# Settings


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    secret = tmp_path / "secret"
    secret.write_text("geheim\n")
    monkeypatch.setenv("GEHOOR_OIDC_ISSUER", "https://inloggen.example")
    monkeypatch.setenv("GEHOOR_OIDC_CLIENT", "gehoor")
    monkeypatch.setenv("GEHOOR_OIDC_SECRET_FILE", str(secret))
    return monkeypatch


def test_the_environment_says_where(settings: pytest.MonkeyPatch) -> None:
    found = single_sign_on("https://gehoor.example")
    assert found is not None
    assert found.name == "inloggen.example"
    settings.setenv("GEHOOR_OIDC_NAME", "De Linde")
    found = single_sign_on("https://gehoor.example")
    assert found is not None
    assert found.name == "De Linde"
    settings.delenv("GEHOOR_OIDC_ISSUER")
    assert single_sign_on("https://gehoor.example") is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GEHOOR_OIDC_CLIENT", "", "GEHOOR_OIDC_CLIENT ontbreekt"),
        ("GEHOOR_OIDC_ISSUER", "http://inloggen.example", "https://"),
        ("GEHOOR_OIDC_ISSUER", "https://inloggen.example?x=1", "https://"),
        ("GEHOOR_OIDC_ISSUER", "inloggen", "https://"),
        ("GEHOOR_OIDC_ISSUER", "https://[x", "https://"),
        ("GEHOOR_OIDC_SECRET_FILE", "/nergens/geheim", "kan niet gelezen worden"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    settings: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    settings.setenv(name, value)
    with pytest.raises(SetupError, match=says):
        single_sign_on("https://gehoor.example")


def test_without_the_libraries_it_says_what_to_install(settings: pytest.MonkeyPatch) -> None:
    settings.setattr("gehoor.bootstrap.single_sign_on.find_spec", lambda name: None)
    with pytest.raises(SetupError, match=r"pip install gehoor\[oidc\]"):
        single_sign_on("https://gehoor.example")
    settings.delenv("GEHOOR_OIDC_ISSUER")
    assert single_sign_on("https://gehoor.example") is None
