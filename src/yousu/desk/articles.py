"""知识库页: what may be answered with, whose it is, until when it holds; and what was answered from it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yousu.appeals.articles import commands, queries
from yousu.appeals.articles.commands import Draft
from yousu.appeals.articles.queries import Article, ArticleMissing, Wanted
from yousu.cases import queries as cases
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.desk import article_words as words
from yousu.desk import labels, rows
from yousu.desk.access import StaffRequest, staff
from yousu.desk.forms import Refused, asked, line, read, version_seen
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities
from yousu.org.capabilities import Belonging
from yousu.org.city import city

_PAGE, _LONGEST = 50, 100


@require_safe
@staff("")
def index(request: StaffRequest) -> HttpResponse:
    """知识库: by words, category, owner and standing. What the city does not know filters nothing."""
    wanted = _wanted(request)
    after = request.GET.get("after", "")
    page = queries.page(wanted, after=int(after) if _is_number(after) else 0, size=_PAGE)
    uses = queries.answered_from([one.code for one in page.articles])
    shown = {
        "lines": [(one, words.STANDINGS[one.standing], uses.get(one.code, 0)) for one in page.articles],
        "asked": wanted,
        "is_filtered": any(vars(wanted).values()),
        "classes": [(path, labels.category(path)) for path in city().categories if "/" not in path],
        "standings": words.STANDINGS.items(),
        "following": f"?{urlencode({**_address(wanted), 'after': page.following})}" if page.following else "",
        "may_write": capabilities.may(request.actor, "write-article"),
        "to_confirm": queries.to_confirm(request.actor).count(),
        "soon_days": queries.soon_days(),
    }
    return render(request, "desk/articles.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("write-article")
def write(request: StaffRequest) -> HttpResponse:
    """新增条目."""
    if request.method != "POST":
        return _form(request, proposed={"unit": (labels.unit(request.actor.unit), "")})
    answers, refused = read(words.FIELDS, request.POST)
    try:
        if not refused.errors:
            written = commands.write_article(_draft(answers), by=request.actor)
            return redirect("desk:article", written.code)
    except FieldWrong as wrong:
        refused.add(words.at_field(wrong))
    except capabilities.Forbidden:
        refused.errors["unit"] = _("只能写自己单位负责的条目。")
    return _form(request, refused=refused, status=422)


@require_safe
@staff("")
def show(request: StaffRequest, code: str) -> HttpResponse:
    """One article: what it says, whose it is, its history, what was answered from it."""
    return _page(request, _found(code))


@require_http_methods(["GET", "HEAD", "POST"])
@staff("revise-article")
def revise(request: StaffRequest, code: str) -> HttpResponse:
    """修订条目."""
    article = _found(code)
    capabilities.require(request.actor, "revise-article", Belonging(article.unit))
    if request.method != "POST":
        return _form(request, article=article, proposed=words.proposed(article))
    answers, refused = read(words.REVISED_FIELDS, request.POST)
    status = 422
    try:
        seen = version_seen(request.POST)
        if not refused.errors:
            why = answers.pop("why")
            commands.revise_article(code, _draft(answers), why=why, by=request.actor, seen=seen)
            return redirect("desk:article", code)
    except FieldWrong as wrong:
        refused.add(words.at_field(wrong))
    except capabilities.Forbidden:
        refused.errors["unit"] = _("只能写自己单位负责的条目。")
    except NotPossible as refusal:
        refused.banner, status = labels.word(labels.REFUSALS, refusal.why), 409
    except StreamMoved:
        refused.banner, status = _("您打开这一页后，这一条有了变化。填写的内容还在，请核对后再提交。"), 409
        article = _found(code)
    return _form(request, article=article, refused=refused, status=status)


@require_POST
@staff("")
def confirm(request: StaffRequest, code: str) -> HttpResponse:
    """确认条目."""
    return _do(request, code, "confirm", lambda **given: commands.confirm_article(code, **given))


@require_POST
@staff("")
def withdraw(request: StaffRequest, code: str) -> HttpResponse:
    """撤下条目."""
    return _do(request, code, "withdraw", lambda **given: commands.withdraw_article(code, **given))


def _do(request: StaffRequest, code: str, word: str, run: Any) -> HttpResponse:
    article = _found(code)
    capabilities.require(request.actor, f"{word}-article", Belonging(article.unit))
    answers, refused = read(words.ACTS[word].fields, request.POST)
    status = 422
    try:
        seen = version_seen(request.POST)
        if not refused.errors:
            run(**answers, by=request.actor, seen=seen)
            return redirect("desk:article", code)
    except FieldWrong as wrong:
        refused.add(wrong)
        if wrong.field == "seen":
            refused.banner = _("这一页不完整，请核对后再提交一次。")
    except NotPossible as refusal:
        refused.banner, status = labels.word(labels.REFUSALS, refusal.why), 409
    except StreamMoved:
        refused.banner, status = _("您打开这一页后，这一条有了变化。填写的内容还在，请核对后再提交。"), 409
    return _page(request, _found(code), tried=(word, refused), status=status)


def _page(
    request: StaffRequest, article: Article, *, tried: tuple[str, Refused] | None = None, status: int = 200
) -> HttpResponse:
    allowed = queries.allowed(article, request.actor)
    before = request.GET.get("before", "")
    numbers = queries.numbers_answered_from(
        article.code, before=before if _is_number(before, most=10) else None, limit=_PAGE + 1
    )  # fmt: skip
    behind = cases.visible_to(request.actor).filter(number__in=numbers[:_PAGE]).order_by("-number")
    shown = {
        "article": article,
        "standing": words.STANDINGS[article.standing],
        "categories": [labels.category(path, whole=True) for path in article.categories],
        "sources": [(words.SORTS[sort], said, sort == "link") for sort, said in article.sources],
        "uses": queries.answered_from([article.code]).get(article.code, 0),
        "lines": rows.lines(behind),
        "following": f"?before={numbers[_PAGE - 1]}" if len(numbers) > _PAGE else "",
        "history": words.history(article.code),
        "may_revise": "revise-article" in allowed,
        "acts": [_act(word, request, tried) for word in words.ACTS if f"{word}-article" in allowed],
        "refused": tried[1] if tried else None,
    }
    return render(request, "desk/article.html", shown, status=status)


def _act(word: str, request: StaffRequest, tried: tuple[str, Refused] | None) -> dict[str, Any]:
    act = words.ACTS[word]
    mine = tried is not None and tried[0] == word
    questions = asked(
        act.fields,
        data=request.POST if mine else None,
        refused=tried[1] if mine and tried else None,
        proposed={},
    )
    return {"word": word, "label": act.label, "asked": questions, "is_open": mine}


def _form(
    request: StaffRequest,
    *,
    article: Article | None = None,
    refused: Refused | None = None,
    proposed: Mapping[str, tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = words.FIELDS if article is None else words.REVISED_FIELDS
    data = request.POST if request.method == "POST" else None
    shown = {
        "article": article,
        "asked": asked(fields, data=data, refused=refused, proposed=proposed or {}),
        "refused": refused,
    }
    return render(request, "desk/article_form.html", shown, status=status)


def _draft(answers: dict[str, Any]) -> Draft:
    named = [answers.pop(name) for name in words.CATEGORY_FIELDS]
    sources = [
        (sort, each.strip()) for sort in words.SORTS for each in answers.pop(sort).splitlines() if each.strip()
    ]  # fmt: skip
    return Draft(**answers, categories=[each for each in named if each], sources=sources)


def _wanted(request: StaffRequest) -> Wanted:
    try:
        said = line(request.GET, "q")[:_LONGEST]
    except FieldWrong:
        said = ""
    unit, category, standing = (request.GET.get(name, "") for name in ("unit", "category", "state"))
    if unit == "own":
        unit = request.actor.unit or ""
    return Wanted(
        words=said,
        category=category if category in city().categories else "",
        unit=_unit(unit),
        standing=standing if standing in words.STANDINGS else "",
    )


def _unit(said: str) -> str:
    known = city().units
    if said in known:
        return said
    return next((code for code, unit in known.items() if said and said in (unit.name_zh, unit.name_en)), "")


def _address(wanted: Wanted) -> dict[str, str]:
    named = {"q": wanted.words, "category": wanted.category, "unit": wanted.unit, "state": wanted.standing}
    return {name: value for name, value in named.items() if value}


def _is_number(said: str, *, most: int = 9) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= most


def _found(code: str) -> Article:
    try:
        return queries.get(code)
    except ArticleMissing as missing:
        raise Http404 from missing
