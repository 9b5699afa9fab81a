"""Names of settings: which there are, and which of the environment look like one and are none: misspelled, mostly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gehoor.core.text.suggestions import nearest, question

_BEGIN: Final = "GEHOOR_"
KNOWN: Final = frozenset(
    f"{_BEGIN}{name}"
    for name in (
        *("STORE", "STATE", "WORKSPACE", "URL", "HTTPS", "PROXIES", "LOG", "ACCEPT", "DRAIN", "SWEEP_WITHIN"),
        *(
            "SMTP",
            "MAIL_FROM",
            "IMAP",
            "IMAP_PASSWORD_FILE",
            "METRICS",
            "METRICS_TOKEN_FILE",
            "LIKENESS_MODEL",
        ),
        *("OIDC_ISSUER", "OIDC_CLIENT", "OIDC_NAME", "OIDC_CLAIM", "OIDC_SECRET_FILE"),
        *("API_REPEAT", "WEBHOOK_HTTP", "WEBHOOK_PRIVATE"),
    )
)
"""Every setting that is read from the environment."""
_OF_OTHERS: Final = ("TEST_", "BENCH_", "HYPOTHESIS", "BROWSER", "SHOTS", "PASSWORD")
"""With what the rest of a name begins that the tests, the benchmarks or the containers of a database read."""


def unknown_names(names: Iterable[str]) -> list[str]:
    """Return a sentence (Dutch) for each name that looks like a setting of ours and is none."""
    known = {one.lower(): one for one in KNOWN}
    found = []
    for name in sorted(names):
        if not name.upper().startswith(_BEGIN) or name in KNOWN:
            continue
        if name.startswith(tuple(f"{_BEGIN}{one}" for one in _OF_OTHERS)):
            continue
        near = question(*(known[one] for one in nearest(name, known)))
        found.append(f"{name} is geen instelling van Gehoor: niemand leest ze.{near}")
    return found
