"""Django as small as it goes: no middleware, no sessions, one database."""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings


def configured(database: Path | None = None) -> None:
    """Set Django up, once in a process. A database is one SQLite file that keeps what was acknowledged."""
    if settings.configured:
        return
    durable = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database or ":memory:"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
        "CONN_MAX_AGE": None,
    }
    settings.configure(
        ROOT_URLCONF="tests.bench.peers.django_site",
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="bench",
        INSTALLED_APPS=["django.contrib.contenttypes"],
        MIDDLEWARE=[],
        DATABASES={"default": durable},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
    )
    django.setup()
