"""From the canonical document of a publication to its reports and overview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.parse import build_condition
from gehoor.core.reports.model import (
    Chapter,
    Chart,
    LeadTime,
    Measures,
    Overview,
    Report,
    ReportTable,
)


def build_reports(document: Mapping[str, Any], types: Mapping[str, FactType]) -> dict[str, Report]:
    """Build the reports of a document; none where nothing was agreed. Raises ``ConditionError``."""
    return {name: _report(name, data, types) for name, data in document.get("reports", {}).items()}


def build_overview(document: Mapping[str, Any]) -> Overview:
    """Build what the overview shows; an empty one where nothing was agreed."""
    data = document.get("overview", {})
    measures = data.get("measures")
    return Overview(
        tuple(data.get("returning", ())),
        None
        if measures is None
        else Measures(
            measures["every"],
            measures["done-on"],
            measures["named-by"],
            tuple(measures["alike-in"]),
            measures.get("helped", ""),
            measures.get("described-by", ""),
            tuple(map(str, measures.get("helped-with", ()))),
            tuple(map(str, measures.get("not-helped-with", ()))),
        ),
    )


def _report(name: str, data: Mapping[str, Any], types: Mapping[str, FactType]) -> Report:
    chapters = tuple(_chapter(number, one, types) for number, one in enumerate(data["chapters"], start=1))
    return Report(
        name,
        data["name"],
        data["period-by"],
        data.get("least", 5),
        chapters,
        data.get("closed-by", ""),
        data.get("source", ""),
        data.get("certainty", ""),
        data.get("applies-to", ""),
    )


def _chapter(number: int, data: Mapping[str, Any], types: Mapping[str, FactType]) -> Chapter:
    tables = tuple(
        _table(f"{number}.{place}", one, types) for place, one in enumerate(data.get("figures", ()), start=1)
    )
    return Chapter(
        str(number),
        data["name"],
        data.get("explanation", ""),
        data.get("asks") or "",
        tables,
        data.get("internal", False),
        tuple(data.get("assesses", ())),
        data.get("take", ""),
        data.get("asks") is not False,
    )


def _table(name: str, data: Mapping[str, Any], types: Mapping[str, FactType]) -> ReportTable:
    lead = data.get("lead-time")
    return ReportTable(
        id=name,
        title=data["name"],
        explanation=data.get("explanation", ""),
        only=build_condition(data["if"], types) if "if" in data else None,
        by=data.get("per", ""),
        across=data.get("and-per", ""),
        lead_time=LeadTime(lead["from"], lead["until"], tuple(sorted(lead["bounds"]))) if lead else None,
        term=data.get("term", ""),
        mean_of=data.get("mean-of", ""),
        sum_of=data.get("sum-of", ""),
        flow=data.get("in-and-out", False),
        years=data.get("number-of-years", 1),
        chart=Chart(data["chart"]) if "chart" in data else None,
        period_by=data.get("period-by", ""),
        rate=data.get("thousandths-of", 0),
        internal=data.get("internal", False),
        in_front=data.get("in-front", False) or "in-front-as" in data,
        front_name=data.get("in-front-as", ""),
    )
