"""Figures for who looks after the server, where the settings ask for them: where they are kept, and who sees them."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gehoor import __version__, bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.marks import marked, word
from gehoor.services.jobs.sweep import Swept
from gehoor.services.messages.sending import Delivered
from gehoor.services.messages.standing import standing
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.records.within import everywhere
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.measuring import Measured, ShowsMetrics

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from gehoor.adapters.metrics.figures import Figures, Known

_log = logging.getLogger(__name__)

FOLDER: Final = "GEHOOR_METRICS"
"""The setting that names the folder in which the processes of this computer keep their figures."""
TOKEN_FILE: Final = "GEHOOR_METRICS_TOKEN_FILE"  # noqa: S105 - the name of a setting, not a secret
"""The setting that names the file with what is asked of who wants to see them."""
SHORTEST: Final = 32
"""How many signs that has at least."""


def metrics_token(environ: Mapping[str, str]) -> str:
    """Return what is asked of who wants to see figures; empty when nobody sees them here. Raises ``SetupError``."""
    named = environ.get(TOKEN_FILE, "")
    if not named:
        return ""
    if not environ.get(FOLDER):
        raise SetupError(f"{TOKEN_FILE} is ingevuld en {FOLDER} niet: zet daar de map voor de cijfers.")
    try:
        token = Path(named).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{named} ({TOKEN_FILE}) kan niet gelezen worden.") from error
    if len(token) < SHORTEST or not token.isprintable() or " " in token:
        raise SetupError(
            f"In {named} ({TOKEN_FILE}) staat geen goed wachtwoord: neem minstens {SHORTEST} tekens, zonder spaties. "
            f"Maak er een met: openssl rand -hex 32"
        )
    return token


def measured(app: WSGIApplication, runtime: Runtime, store: Path) -> WSGIApplication:
    """Return an application whose requests are measured where the settings say so, and that shows figures to who has
    the token. ``store``: what the files beside the register are named after. Raises ``SetupError``."""
    token = metrics_token(os.environ)
    kept = figures()
    if kept is None:
        return app
    app = Measured(app, kept)
    if not token:
        return app
    # Only here: without the setting nobody needs the library.
    from gehoor.adapters.metrics.figures import CONTENT_TYPE  # noqa: PLC0415

    return ShowsMetrics(app, token, CONTENT_TYPE, lambda: kept.written(_known(runtime, store)))


def figures() -> Figures | None:
    """Return the figures of this process, where the settings ask for them. Where they cannot be kept that is told, and
    everything else goes on."""
    folder = os.environ.get(FOLDER, "")
    return _figures(folder, os.getpid()) if folder else None


@cache
def _figures(folder: str, _process: int) -> Figures | None:
    from gehoor.adapters.metrics.figures import Figures  # noqa: PLC0415

    try:
        return Figures(Path(folder))
    except Exception as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        _log.warning("no figures are kept in %s (%s): the work goes on without them", folder, why)
        return None


@contextmanager
def round_of(work: str) -> Iterator[None]:
    """Measure a round of work beside the website."""
    kept, begin = figures(), time.perf_counter()
    try:
        yield
    except BaseException:
        if kept is not None:
            with suppress(Exception):
                kept.round_failed(work)
        raise
    if kept is not None:
        # Whatever goes wrong with figures, it ends no round.
        with suppress(Exception):
            kept.round_ended(work, bootstrap.now().timestamp(), time.perf_counter() - begin)


def count_swept(swept: Swept) -> None:
    """Count what looking at terms came to."""
    if (kept := figures()) is not None:
        with suppress(Exception):
            kept.swept(len(swept.missed), swept.reminders, len(swept.failed))


def count_sent(delivered: Delivered) -> None:
    """Count messages that went out."""
    if (kept := figures()) is not None:
        with suppress(Exception):
            kept.sent(delivered.sent)


def _known(runtime: Runtime, store: Path) -> Iterator[Known]:
    from gehoor.adapters.metrics.figures import Known  # noqa: PLC0415

    yield Known("info", "Which Gehoor this is.", {__version__: 1}, "version")
    for task, text in (
        ("backup", "When the last copy was made that is complete."),
        ("verify", "When the register was last verified."),
    ):
        if last := marked(store, task):
            yield Known(f"{task}_timestamp_seconds", text, last.timestamp())
    with suppress(ValueError):
        yield Known("verify_findings", "What was wrong then.", float(word(store, "verify")))
    try:
        with everywhere(), reading(runtime.store) as register:
            messages, pending = standing(register), register.tables.count("pending")
    except StoreUnavailableError:
        yield Known("store_readable", "Whether the register can be read.", 0)
        return
    yield Known("store_readable", "Whether the register can be read.", 1)
    states = {"waiting": messages.waiting, "refused": messages.refused, "nobody": messages.nobody}
    yield Known("messages", "Messages that did not leave.", states, "state")
    if messages.oldest:
        since = messages.oldest.timestamp()
        yield Known("oldest_message_timestamp_seconds", "Since when the oldest message waits.", since)
    yield Known("pending_dossiers", "Dossiers that lists do not yet show as they are.", pending)
