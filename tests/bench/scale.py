"""What a page costs where there are many departments and many people, beside few."""

from __future__ import annotations

import itertools
from copy import deepcopy
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.loading.load import load_workspace
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.ports.records import Account
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.bench.house import NOW, on, site, submit
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.timing import total_us
from tests.support.passwords import QuickHasher
from tests.support.places import ORGANISATIONS

FEW, MANY = (6, 10), (70, 1_000)
"""How many departments there are, and how many accounts."""
_MOST = 1.25
"""A ratio: what is above it is no longer the same."""


def scale(run: Run) -> None:
    """Print what a dossier, a work list and the public home cost, with few and with many around."""
    costs = [_costs(run, *size) for size in (FEW, MANY)]
    for path in costs[0]:
        few, many = (cost[path] for cost in costs)
        run.report.row(
            f"{path}: {MANY[0]} departments, {MANY[1]:,} accounts",
            f"{many:,.0f} us CPU",
            f"{FEW[0]} departments, {FEW[1]} accounts: {few:,.0f} us",
            Bar(many / few, _MOST) if path != "public home" else None,
        )


def _costs(run: Run, departments: int, accounts: int) -> dict[str, float]:
    runtime = on(TinyDBStore(run.folder / f"scale-{departments}-{accounts}.db", SCHEMAS))
    _publish(runtime, departments)
    with writing(runtime.store) as register:
        for number in range(accounts):
            role = f"de-linde/afdeling-{number % departments}:onthaal"
            register.save_account(Account(f"p{number:04}", f"Persoon {number}", "", "", (role,)))
    els = Account("els", "Els", "", "", ("de-linde/beukenhof:kwaliteitscoordinator",))
    add_account(runtime, QuickHasher(), els, "lindebloesem")
    dossiers = [submit(runtime, f"scale{number}").dossier for number in range(20)]
    client = signed_in(runtime)
    paths = {
        "a dossier": f"/medewerker/dossiers/{dossiers[0]}",
        "a work list": "/medewerker/",
        "public home": "/",
    }
    costs = {}
    for name, path in paths.items():
        assert client.get(path).status_code == 200, path
        times = run.less(60)
        costs[name] = (
            total_us(lambda path=path, times=times: [client.get(path) for _ in range(times)]) / times
        )
    runtime.store.close()
    return costs


def _publish(runtime: Runtime, departments: int) -> None:
    (first,) = [one for one in load_workspace(ORGANISATIONS).departments if one.department == "beukenhof"]

    def of(number: int) -> Publishable:
        document: dict[str, Any] = deepcopy(first.document)
        if number:
            name = f"afdeling-{number}"
            document["department"] |= {"id": name, "name": f"Afdeling {number}", "code": f"A{number}"}
        return Publishable("de-linde", document["department"]["id"], document, first.places)

    publish(runtime, [of(number) for number in range(departments)], NOW - timedelta(days=1), "bench")


def signed_in(runtime: Runtime) -> FlaskClient:
    client = site(runtime, hasher=QuickHasher()).test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    page = client.get("/medewerker/aanmelden").text
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    sent = {"naam": "els", "wachtwoord": "lindebloesem", "csrf_token": token}
    answer = client.post("/medewerker/aanmelden", data=sent)
    assert answer.status_code == 303, next(itertools.islice(answer.text.splitlines(), 1), "")
    return client
