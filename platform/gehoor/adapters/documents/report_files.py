"""Files of reports: a workbook, and where that can be done a PDF."""

from __future__ import annotations

from gehoor.adapters.documents.typst_reports import report_printer
from gehoor.adapters.documents.xlsx_reports import register_xlsx, xlsx
from gehoor.core.figures.register_sheet import RegisterSheets
from gehoor.core.figures.report_document import ReportDocument


class MadeReportFiles:
    """Makes files of reports with the libraries that are installed."""

    def __init__(self) -> None:
        self._printer = report_printer()

    def pdf(self, document: ReportDocument) -> bytes | None:
        """Return a report as a tagged PDF document; None where Typst is not installed."""
        return self._printer.pdf(document) if self._printer else None

    def xlsx(self, document: ReportDocument) -> bytes:
        """Return a report as a workbook."""
        return xlsx(document)

    def register_xlsx(self, made: RegisterSheets) -> bytes:
        """Return an export of a register as a workbook."""
        return register_xlsx(made)
