"""A Django site that judges a form with a ModelForm and keeps it durably: one insert in one transaction."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.bench.peers.django_settings import configured

configured(Path(os.environ["BENCH_DATABASE"]) if "BENCH_DATABASE" in os.environ else None)

from django import forms  # noqa: E402 - Django must be set up before its models are named
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.urls import path  # noqa: E402

_NAMES = os.environ.get("BENCH_FIELDS", "v_uiteenzetting v_klager_naam v_klager_email v_anoniem").split()


def _column(name: str) -> Any:
    if name == "v_klager_email":
        return models.EmailField(blank=True)
    return models.TextField(max_length=20_000, blank=name != "v_uiteenzetting")


Complaint: Any = type(
    "Complaint",
    (models.Model,),
    {
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "bench"}),
        "key": models.CharField(max_length=80, unique=True),
        **{name: _column(name) for name in _NAMES},
    },
)


class ComplaintForm(forms.ModelForm):
    """What the model says about a complaint, as a form."""

    class Meta:
        model = Complaint
        exclude = ("key",)


def take(request: HttpRequest) -> HttpResponse:
    """Keep what somebody sent."""
    if request.method != "POST":
        return HttpResponse("here")
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_json(), status=422)
    kept = form.save(commit=False)
    kept.key = request.POST["sleutel"]
    kept.save(force_insert=True)
    return HttpResponseRedirect("/")


urlpatterns = [path("", take)]


def prepare() -> None:
    """Make the table when it is not there."""
    if Complaint._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Complaint)


if "BENCH_DATABASE" in os.environ:
    prepare()
app = get_wsgi_application()
