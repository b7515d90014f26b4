"""表格下载: the table behind a chart as CSV."""

import re

from django.http import HttpResponse

from yousu.figures.showing.parts import Chart
from yousu.platform import sheets

_COUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")


def csv_of(chart: Chart, name: str) -> HttpResponse:
    """The rows of a chart as a file to keep; numbers stand without the commas that pages give them."""
    rows = ([row.label, str(row.value), *(_plain(cell) for cell in row.cells)] for row in chart.rows)
    kind = sheets.KINDS["csv"]
    response = HttpResponse(b"".join(kind.written(chart.columns, rows)), content_type=kind.type)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _plain(cell: str) -> str:
    return cell.replace(",", "") if _COUNT.fullmatch(cell) else cell
