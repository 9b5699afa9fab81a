"""How often something about one account may be tried in vain: after a few times, one has to wait, longer each time.

The wait is never longer than ``LONGEST_WAIT``, and a browser that its owner signed in with before has a count of its
own: a stranger who keeps guessing at a name makes it slow for strangers only.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.ports.records import Tries
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.expiry import astray, within
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime

FREE = 5
"""So many times in vain cost nothing: people mistype."""
FIRST_WAIT = timedelta(seconds=15)
"""The wait after that; it doubles with each further time."""
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)
"""Who tried nothing for so long begins anew."""
_CLEANED = 50
_SETTING = "tries-key"


class WaitError(Exception):
    """This was tried too often in vain. ``wait`` is how long nothing is looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait

    @property
    def minutes(self) -> int:
        """Return the wait in minutes, rounded up."""
        return max(1, -(-int(self.wait.total_seconds()) // 60))


def count_try(runtime: Runtime, what: str, now: datetime) -> None:
    """Count a try, before it is looked at: many at once are many. Raises ``WaitError``, and then counts nothing.

    Whether there is anything by this name makes no difference.
    """
    with writing(runtime.store) as register:
        key = _key(register, what)
        tries = register.tries(key)
        if tries is not None and not within(parse_instant(tries.last_at), FORGOTTEN, now):
            tries = None
        if tries is not None and (until := parse_instant(tries.wait_until_at)) > now:
            if not astray(until, LONGEST_WAIT, now):
                raise WaitError(until - now)
            tries = None
        count = tries.count + 1 if tries else 1
        register.forget_tries(*register.old_tries(now - FORGOTTEN, _CLEANED))
        register.save_tries(Tries(key, count, instant_text(now), instant_text(now + _wait(count))))


def succeeded(register: Register, what: str) -> None:
    """Forget what was tried in vain before it went well."""
    register.forget_tries(_key(register, what))


def _wait(count: int) -> timedelta:
    # A power of 20 is far over the longest wait, and no count grows out of reach.
    return timedelta() if count < FREE else min(FIRST_WAIT * 2 ** min(count - FREE, 20), LONGEST_WAIT)


def _key(register: Register, what: str) -> str:
    try:
        secret = register.secret(_SETTING)
    except DamagedError:
        # It keeps nothing but names from being read in the counts; people go on signing in, and ``verify`` tells.
        secret = ""
    return hmac.new(bytes.fromhex(secret), what.encode(), hashlib.sha256).hexdigest()
