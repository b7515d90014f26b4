"""纸面文件: the work order and the letter of a case, as PDF or for Word. A name on a letter is a recorded access."""

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L
from django.views.decorators.http import require_http_methods, require_safe

from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.desk import letters, orders, supervision_papers
from yousu.desk.access import StaffRequest, staff
from yousu.desk.case import refuse
from yousu.desk.filing import MEDIA, filed, lang
from yousu.desk.forms import Field, Refused, read
from yousu.desk.showing import Attempt
from yousu.documents import docx, pdf
from yousu.documents.model import Document
from yousu.org import capabilities

_PURPOSE = Field(name="purpose", label=_L("为什么查看"))


@require_safe
@staff()
def order(request: StaffRequest, number: str) -> HttpResponse:
    """工单, for all who may see the case."""
    form = _form(request.GET)
    row = queries.get(number, request.actor)
    return _rendered(orders.document(row, lang=lang()), name=f"order-{number}", form=form)


@require_safe
@staff()
def supervision(request: StaffRequest, number: str, word: str) -> HttpResponse:
    """督办单、提级通知、约谈通知书、批示办理单: for those who issue them, and for the unit addressed."""
    form = _form(request.GET)
    row = queries.get(number, request.actor)
    paper, state = supervision_papers.PAPERS[word], queries.state_of(row)
    issued = supervision_papers.latest(row, paper) if paper.times(state) else None
    named = getattr(issued.fact, "unit", None) if issued is not None else None
    if not supervision_papers.may_print(paper, state, request.actor, named=named):
        raise capabilities.Forbidden(request.actor, word)
    if issued is None:
        return _refused(request, row, _("还没有这样的文书。"), status=409)
    document = supervision_papers.document(row, issued, lang=lang())
    return _rendered(document, name=f"{word}-{number}", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def letter(request: StaffRequest, number: str) -> HttpResponse:
    """答复函, for those who answer; posted with a purpose it bears the name."""
    form = _form(request.POST if request.method == "POST" else request.GET)
    row = queries.get(number, request.actor)
    state = queries.state_of(row)
    if not letters.may_write(request.actor, state):
        raise capabilities.Forbidden(request.actor, "letter")
    name = None
    if request.method == "POST":
        capabilities.require(request.actor, "unmask", Standing(state))
    reply = letters.reply_of(row, state)
    if reply is None:
        return _refused(request, row, _("还没有可以函复的答复。"), status=409)
    if request.method == "POST":
        answers, refused = read((_PURPOSE,), request.POST)
        if refused.errors:
            return _refused(request, row, _("写明姓名须说明为什么查看；姓名没有打开。"), status=422)
        name = cases.unmask(number, fields=["name"], purpose=answers["purpose"], by=request.actor)["name"]
    return _rendered(letters.document(row, reply, name=name, lang=lang()), name=f"letter-{number}", form=form)


def _form(data: QueryDict) -> str:
    form = data.get("format", "pdf")
    if form not in MEDIA:
        raise Http404
    return form


def _rendered(document: Document, *, name: str, form: str) -> HttpResponse:
    content = docx.render(document) if form == "docx" else pdf.render(document)
    return filed(content, name=name, form=form)


def _refused(request: StaffRequest, row: CaseNow, banner: str, *, status: int) -> HttpResponse:
    return refuse(
        request, row, Attempt(word="letter", data=request.POST, refused=Refused(banner=banner)), status=status
    )
