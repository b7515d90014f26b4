"""常用条件: keeps the filters of the list under a name, and forgets them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yousu.desk import filters, search
from yousu.desk.access import StaffRequest, staff
from yousu.desk.personal import found_in
from yousu.org import saved
from yousu.org.saved import NotSaved


@staff()
def save(request: StaffRequest) -> HttpResponse:
    """保存条件."""
    asked = filters.read(request.POST)
    if request.method != "POST" or found_in(asked.words, with_four=False):
        return redirect("desk:cases")
    try:
        saved.save(request.actor, name=request.POST.get("name", "").replace("\x00", ""), address=asked.address)
    except NotSaved as refusal:
        reasons = {
            "required": _("请先选好条件，再起一个名字。"),
            "too_many": _("最多保存 %(n)s 组条件，请先删去不用的。") % {"n": saved.MOST},
        }
        return search.page(request, asked, refused=reasons[str(refusal)], status=422)
    return redirect(f"/desk/cases/?{asked.address}")


@staff()
def remove(request: StaffRequest) -> HttpResponse:
    """删去一组条件."""
    asked = filters.read(request.POST)
    wanted = request.POST.get("saved", "")
    if request.method == "POST" and wanted.isascii() and wanted.isdecimal() and len(wanted) < 16:
        saved.remove(request.actor, int(wanted))
    return redirect(f"/desk/cases/?{asked.address}" if asked.address else "/desk/cases/")
