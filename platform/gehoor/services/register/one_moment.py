"""One moment: all that is read for one answer is read of the register as it was when the first of it was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field

from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Store, StoreUnavailableError, Tables
from gehoor.services.records.left_out import snapshot
from gehoor.services.records.setting_records import Settings
from gehoor.services.records.within import within_now


@dataclass
class Moment:
    """What is open of the store that was read first; nothing before that, and nothing after a write."""

    store: Store | None = None
    tables: Tables | None = None
    within: Within = NOWHERE
    settings: Settings = field(default_factory=dict)
    _readers: int = 0
    _open: ExitStack = field(default_factory=ExitStack)

    def begin(self, store: Store) -> None:
        """Read this store from now on. Raises ``StoreUnavailableError``."""
        self.tables = self._open.enter_context(snapshot(store))
        self.store, self.settings, self.within = store, {}, within_now()

    @contextmanager
    def seen(self) -> Iterator[Tables]:
        """Give what is open, as who reads in this block may see it."""
        assert self.tables is not None
        tables, before = self.tables, self.within
        self._see(within_now())
        self._readers += 1
        try:
            yield tables
        finally:
            self._readers -= 1
            # Who reads on around this block sees what they saw; where nobody does, the next one says.
            if self.tables is tables and self._readers:
                self._see(before)

    def _see(self, within: Within) -> None:
        if within != self.within and self.tables is not None:
            self.tables.go_on(within)
            self.within = within

    def end(self) -> None:
        """Let go of what is open: what is read next is read of another moment."""
        self.store = self.tables = None
        # Everything was read already.
        with suppress(StoreUnavailableError):
            self._open.close()


_current: ContextVar[Moment | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Have all that is read in this block be of one moment. Whoever writes in it ends that moment: what is read
    afterwards is of the next, with what was written."""
    moment = Moment()
    token = _current.set(moment)
    try:
        yield
    finally:
        _current.reset(token)
        moment.end()


def joined(store: Store) -> Moment | None:
    """Return the moment at which this store is read now; None where each reads for itself."""
    moment = _current.get()
    if moment is None:
        return None
    if moment.store is None:
        moment.begin(store)
    return moment if moment.store is store else None


def end_moment() -> None:
    """End the moment of this block: somebody is about to write."""
    moment = _current.get()
    if moment is not None:
        moment.end()
