"""表格下载: the table behind a chart as CSV that spreadsheets open, and take nothing in it for a formula."""

import csv
import io
import re

from django.http import HttpResponse

from yousu.figures.showing.parts import Chart

# A cell that begins so is calculated by spreadsheets; an apostrophe makes it text.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_COUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_BYTE_ORDER_MARK = "\ufeff"


def as_csv(chart: Chart) -> str:
    """The rows of a chart as CSV with a byte order mark, for spreadsheets that guess."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_text(column) for column in chart.columns])
    for row in chart.rows:
        writer.writerow([_text(row.label), row.value, *(_text(cell) for cell in row.cells)])
    return _BYTE_ORDER_MARK + written.getvalue()


def csv_of(chart: Chart, name: str) -> HttpResponse:
    """The CSV as a file to keep."""
    response = HttpResponse(as_csv(chart), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _text(cell: str) -> str:
    if _COUNT.fullmatch(cell):
        return cell.replace(",", "")
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
