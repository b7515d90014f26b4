"""回访抽样的记录: how each day's sample was drawn, so that anybody can draw it again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yousu.appeals import call_back_draws
from yousu.desk.access import StaffRequest, staff

# Two months.
_SHOWN = 62


@require_safe
@staff("read-samples")
def samples(request: StaffRequest) -> HttpResponse:
    """抽样记录, newest first."""
    shown = {"draws": call_back_draws.latest(_SHOWN), "percent": call_back_draws.percent()}
    return render(request, "desk/call_back_samples.html", shown)
