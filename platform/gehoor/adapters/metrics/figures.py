"""What is counted and timed, and how it is written for Prometheus.

No figure names an organisation, a dossier or a person: what happens in a small house tells who it happens to. Each
label has few values, all known beforehand.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary, generate_latest, values
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from gehoor.adapters.metrics.folder import Folder
from gehoor.adapters.metrics.room import RoomyDict

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
_PLACE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library looks for the folder."""
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_NONE: Final = "-"
_METHODS: Final = ("GET", "POST")
"""The methods of which each page has figures of its own."""


class Figures:
    """The figures that this process keeps in a folder. Raises ``OSError`` where that cannot be used."""

    def __init__(self, place: Path) -> None:
        self._folder = Folder(place)
        self._folder.begin()
        os.environ[_PLACE] = str(place)
        # By itself the library decides when it is first imported, and for good.
        vars(values)["MmapedDict"] = RoomyDict
        values.ValueClass = values.MultiProcessValue()
        self._seconds = Histogram(
            "gehoor_request_seconds",
            "How long it took to answer.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=None,
        )
        self._answers = _counter("answers", "Answers, by their kind.", "method", "route", "status")
        self._now = _gauge("requests_now", "Requests that are being answered.", "livesum")
        self._refused = _counter("refused", "Requests that a limit refused.", "limit")
        self._failures = _counter("failures", "Answers that failed by what is ours.", "method", "kind")
        self._flagged = _counter("terms_flagged", "Terms that were found late.")
        self._reminded = _counter("reminders", "Reminders that were given.")
        self._undecided = _gauge("undecided_dossiers", "Dossiers that the last round could not decide.")
        self._sent = _counter("messages_sent", "Messages that a mail server took.")
        self._rounds = _counter("rounds", "Rounds of work beside the website.", "work", "end")
        self._round_seconds = Summary(
            "gehoor_round_seconds", "How long such a round took.", ("work",), registry=None
        )
        self._round_end = _gauge(
            "round_timestamp_seconds", "When such a round last ended well.", labels=("work",)
        )

    def begun(self) -> None:
        """Count a request that is being answered."""
        self._now.inc()

    def answered(self, method: str, route: str, status: int, seconds: float, failure: str) -> None:
        """Count an answer. ``route``: the pattern of the address, empty where there is none; ``failure``: what kind of
        thing of ours failed, empty when nothing did."""
        # A page that somebody looks at only this way is no other figure: so many pages by so many methods are too many.
        route = route if route and method in _METHODS else _NONE
        self._now.dec()
        self._seconds.labels(method, route).observe(seconds)
        self._answers.labels(method, route, f"{status // 100}xx").inc()
        if failure:
            self._failures.labels(method, failure).inc()

    def refused(self, limit: str) -> None:
        """Count a request that a limit refused."""
        self._refused.labels(limit).inc()

    def swept(self, flagged: int, reminders: int, undecided: int) -> None:
        """Count what a round of looking at terms came to."""
        self._flagged.inc(flagged)
        self._reminded.inc(reminders)
        self._undecided.set(undecided)

    def sent(self, messages: int) -> None:
        """Count messages that went out."""
        self._sent.inc(messages)

    def round_ended(self, work: str, at: float, seconds: float) -> None:
        """Note a round that ended well: when (seconds since 1970), and how long it took."""
        self._rounds.labels(work, "well").inc()
        self._round_seconds.labels(work).observe(seconds)
        self._round_end.labels(work).set(at)

    def round_failed(self, work: str) -> None:
        """Count a round that ended by an error."""
        self._rounds.labels(work, "failed").inc()

    def written(self, known: Iterable[Known]) -> bytes:
        """Return the figures of all processes, and what is ``known`` now, as Prometheus reads them. Raises
        ``OSError``."""
        registry = CollectorRegistry()
        with self._folder.files() as files:
            kept = list(MultiProcessCollector.merge(files))
        registry.register(_Found([*kept, *(one.family() for one in known)]))
        return generate_latest(registry)


class Known:
    """A figure that is looked up when it is asked for. ``by``: of each value of its label."""

    def __init__(self, name: str, text: str, value: float | Mapping[str, float], label: str = "") -> None:
        self._name, self._text, self._value, self._label = name, text, value, label

    def family(self) -> Metric:
        """Return it as the library writes it."""
        found = GaugeMetricFamily(
            f"gehoor_{self._name}", self._text, labels=[self._label] if self._label else []
        )
        if isinstance(self._value, Mapping):
            for of, value in self._value.items():
                found.add_metric([of], value)
        else:
            found.add_metric([], self._value)
        return found


class _Found(Collector):
    def __init__(self, found: Iterable[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        """Return what was found."""
        return self._found


def _counter(name: str, text: str, *labels: str) -> Counter:
    return Counter(f"gehoor_{name}", text, labels, registry=None)


def _gauge(
    name: str,
    text: str,
    mode: Literal["livesum", "mostrecent"] = "mostrecent",
    labels: tuple[str, ...] = (),
) -> Gauge:
    return Gauge(f"gehoor_{name}", text, labels, multiprocess_mode=mode, registry=None)
