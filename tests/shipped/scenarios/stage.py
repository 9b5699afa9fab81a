"""Where the scenarios are played: the three shipped organisations on a real server, on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import Browser, Page

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.jobs.sweep import sweep
from tests.browser.steps import sign_in
from tests.browser.windows import windows
from tests.shipped.examples import examples
from tests.support.clock import at
from tests.support.de_linde import PUBLISHED_ON, new_runtime
from tests.support.serving import serving
from tests.support.site import Site, new_site

Change = Callable[[dict[str, Any]], None]


def offered(organisation: str, department: str, change: Change | None = None) -> Publishable:
    """Return what the files of a department say, with a change where a scenario wants one."""
    for one in examples().departments:
        if (one.organisation, one.department) == (organisation, department):
            document = one.document
            if change:
                document = {**document, "terms": {name: {**term} for name, term in document["terms"].items()}}
                change(document)
            return Publishable(organisation, department, document, one.places)
    raise LookupError(department)


@cache
def _published() -> MemoryStore:
    runtime = new_runtime()
    proposals = [
        Publishable(one.organisation, one.department, one.document, one.places)
        for one in examples().departments
    ]
    publish(runtime, proposals, PUBLISHED_ON, "coordinator")
    assert isinstance(runtime.store, MemoryStore)
    return runtime.store


class Stage:
    """A site on which people come and go, each in a window of their own."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site = site
        self.browser = browser
        self._open: Callable[..., Page]

    @property
    def runtime(self) -> Any:
        return self.site.runtime

    @contextmanager
    def lit(self) -> Iterator[Stage]:
        """Serve the site for as long as the scenario lasts."""
        with serving(self.site.app) as port, windows(self.browser, f"http://127.0.0.1:{port}") as new:
            self._open = new
            yield self

    def outside(self, **options: Any) -> Page:
        """Open a window for somebody who does not work here."""
        return self._open(**options)

    def hired(self, name: str, *roles: str) -> None:
        """Give somebody an account, with roles as ``de-linde/beukenhof:onthaal``."""
        self.site.add_staff(name, *roles)

    def works(self, name: str, *roles: str) -> Page:
        """Open the window of somebody with these roles, if need be a new account, who just signed in."""
        if roles:
            self.hired(name, *roles)
        page = self._open()
        sign_in(page, name)
        return page

    def later(self, when: str) -> None:
        """Let time pass, as the site does: with a round of what falls due."""
        self.site.clock.to(when)
        sweep(self.site.runtime, self.site.clock())

    def agreed(self, proposal: Publishable, when: str) -> None:
        """Publish a changed agreement."""
        publish(self.site.runtime, [proposal], at(when), "coordinator")


def stage(browser: Browser, when: str) -> Stage:
    """Return a stage with the organisations as they are shipped, at a moment in local time."""
    return Stage(new_site(when, new_runtime(_published().copy())), browser)
