"""工作日历页: which years are announced; a year's list put in, and what that does to provisional deadlines."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yousu.appeals import calendars
from yousu.cases.rules import FieldWrong
from yousu.desk import configuration_words as words
from yousu.desk import forms
from yousu.desk.access import StaffRequest, staff
from yousu.desk.configuration import up_to_date
from yousu.desk.configuration_forms import NOTE
from yousu.desk.forms import Field, Refused
from yousu.ledger.log import local_day_of
from yousu.org import city as cities
from yousu.org.city import CityWrong
from yousu.org.configuration import queries
from yousu.platform import clock

_LONGEST = 100_000
_FIELDS = (
    Field(
        name="table",
        label=_("一年的放假和补班日"),
        kind="area",
        hint=_("一行一天：日期,holiday 或 makeup,节日名。照国务院办公厅每年的通知；从 1 月 1 日列起"),
    ),
    NOTE,
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("configure")
@up_to_date
def calendar(request: StaffRequest) -> HttpResponse:
    """工作日历: a list is tried or put in; typed, or from a file."""
    if request.method != "POST":
        return _page(request)
    refused = Refused()
    data = request.POST.copy()
    try:
        if (file := request.FILES.get("file")) is not None:
            data["table"] = file.read(_LONGEST).decode("utf-8-sig")
        table, note = data.get("table", ""), forms.line(data, "note")
        if not table.strip() or "\0" in table:
            raise FieldWrong("table", "required")
        if "try" in data:
            return _page(request, data=data, tried=calendars.tried(table, by=request.actor))
        return _page(request, done=calendars.install_year(table, note=note, by=request.actor))
    except UnicodeDecodeError:
        refused.errors["table"] = str(words.WRONG["not_utf8"])
    except FieldWrong as wrong:
        refused.add(wrong)
    except CityWrong as wrong:
        # Rows of the list that was typed, its head not counted.
        row = gettext("第 %(row)s 行“%(word)s”：") % {"row": wrong.row, "word": wrong.word} if wrong.row else ""
        refused.errors[wrong.field or "table"] = f"{row}{words.why(wrong)}"
    return _page(request, data=data, refused=refused, status=422)


def _page(
    request: StaffRequest,
    *,
    data: QueryDict | None = None,
    refused: Refused | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    with cities.pinned(cities.current()):
        shown = {
            "years": calendars.years(),
            "this_year": local_day_of(clock.now()).year,
            "last": queries.last_changes().get(calendars.FILE),
            "asked": forms.asked(_FIELDS, data=data, refused=refused, proposed={}),
            "refused": refused,
            **more,
        }
    return render(request, "desk/calendar.html", shown, status=status)
