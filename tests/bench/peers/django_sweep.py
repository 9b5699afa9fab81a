"""What somebody would write in Django: a loop over what is late, each flagged and saved, and a message queued."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.peers.django_settings import configured
from tests.support.places import CHECKOUT


def django_sweep(folder: Path, size: int, late: int) -> float:
    """Return the CPU time of a flag in microseconds, measured in a process of its own."""
    words = [sys.executable, "-m", __name__, str(folder / f"django-{size}-{late}.db"), str(size), str(late)]
    said = subprocess.run(words, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    return float(said)


def main(file: str, size: int, late: int) -> None:
    """Fill a database, sweep it, and print what a flag took."""
    configured(Path(file))
    from django.db import connection, models, transaction

    meta = type("Meta", (), {"app_label": "bench"})
    dossier = type(
        "Dossier",
        (models.Model,),
        {
            "__module__": __name__, "Meta": meta,
            "late_at": models.IntegerField(db_index=True), "late": models.BooleanField(default=False),
            "subject": models.TextField(), "email": models.EmailField(), "version": models.IntegerField(default=1),
        },
    )  # fmt: skip
    event = type(
        "Event",
        (models.Model,),
        {
            "__module__": __name__, "Meta": meta,
            "dossier": models.ForeignKey(dossier, models.CASCADE), "kind": models.CharField(max_length=40),
            "data": models.JSONField(),
        },
    )  # fmt: skip
    message = type(
        "Message",
        (models.Model,),
        {
            "__module__": __name__, "Meta": meta,
            "key": models.CharField(max_length=80, unique=True), "to": models.EmailField(), "body": models.TextField(),
        },
    )  # fmt: skip
    with connection.schema_editor() as editor:
        for model in (dossier, event, message):
            editor.create_model(model)
    dossier.objects.bulk_create(
        (
            dossier(late_at=1 if n < late else 10**9, subject="x" * 400, email="a@example.org")
            for n in range(size)
        ),
        batch_size=200,
    )
    start = time.process_time()
    for one in dossier.objects.filter(late_at__lt=100, late=False).order_by("late_at"):
        with transaction.atomic():
            one.late, one.version = True, one.version + 1
            one.save()
            event.objects.create(dossier=one, kind="late", data={"level": 1, "due": "2026-03-05"})
            message.objects.create(key=f"late/{one.pk}", to=one.email, body=f"{one.subject} is late")
    print((time.process_time() - start) / late * 1e6)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
