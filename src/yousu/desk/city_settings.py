"""城市设置页: every setting of city.toml with its value and where it comes from; one changed at a time, with why."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yousu.cases.rules import FieldWrong
from yousu.desk import configuration_words as words
from yousu.desk import forms, labels, setting_words
from yousu.desk.access import StaffRequest, staff
from yousu.desk.configuration import MOVED, up_to_date
from yousu.desk.configuration_forms import NOTE
from yousu.desk.forms import Choices, Field, Refused, line, version_seen
from yousu.ledger.log import StreamMoved
from yousu.org.city import CityWrong, city
from yousu.org.configuration import commands, settings
from yousu.org.configuration.projection import version_of
from yousu.org.configuration.settings import Setting
from yousu.org.tables import SETTINGS


@require_safe
@staff("configure")
@up_to_date
def index(request: StaffRequest) -> HttpResponse:
    """城市设置, in the order of the file."""
    shown = [
        (one, setting_words.name_of(one.name), _said(one), one.name not in settings.FIXED and one.kind != "other")
        for one in settings.read(city().texts[SETTINGS]).values()
    ]
    return render(request, "desk/city_settings.html", {"settings": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("configure")
@up_to_date
def change(request: StaffRequest) -> HttpResponse:
    """修改 the setting that the address names."""
    setting = settings.read(city().texts[SETTINGS]).get(request.GET.get("name", ""))
    if setting is None or setting.name in settings.FIXED or setting.kind == "other":
        raise Http404
    if request.method != "POST":
        return _form(request, setting)
    refused, status = Refused(), 422
    try:
        typed, note, seen = line(request.POST, "value"), line(request.POST, "note"), version_seen(request.POST)
        commands.change(
            {SETTINGS: lambda text: settings.with_value(text, setting.name, typed)},
            note=note,
            by=request.actor,
            seen=seen,
        )
        return redirect("desk:city_settings")
    except CityWrong as wrong:
        refused.errors["note" if wrong.field == "note" else "value"] = (
            words.why(wrong) if wrong.file in ("", SETTINGS) else words.whole(wrong)
        )
    except FieldWrong as wrong:
        refused.add(wrong)
    except StreamMoved:
        refused.banner, status = str(MOVED), 409
    return _form(request, setting, refused=refused, status=status)


def _form(
    request: StaffRequest, setting: Setting, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    kind = "choice" if setting.name in settings.CHOICES else "yes_no" if setting.kind == "yes_no" else "line"
    name = setting_words.name_of(setting.name)
    field = Field(name="value", label=name, kind=kind, choices=lambda: _choices(setting.name))
    data = request.POST if request.method == "POST" else None
    shown = {
        "setting": setting,
        "name": name,
        "asked": forms.asked((field, NOTE), data=data, refused=refused, proposed={"value": (setting.said, "")}),
        "version": version_of(SETTINGS),
        "refused": refused,
    }
    return render(request, "desk/city_setting.html", shown, status=status)


def _choices(name: str) -> Choices:
    return [(code, labels.word(setting_words.CODES, code)) for code in settings.CHOICES.get(name, ())]


def _said(setting: Setting) -> str:
    known: Sequence[str] = settings.CHOICES.get(setting.name, ())
    if setting.said in known:
        return labels.word(setting_words.CODES, setting.said)
    return labels.word(words.CODES, setting.said) if setting.kind == "yes_no" else setting.said
