"""时长: spans of minutes as people say them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def spell(minutes: int) -> str:
    """A span as people say it: minutes, then hours and minutes."""
    if minutes < 60:
        return ngettext("%(n)s 分钟", "%(n)s 分钟", minutes) % {"n": minutes}
    return _("%(hours)s 小时 %(minutes)s 分钟") % {"hours": minutes // 60, "minutes": minutes % 60}


def elapsed(minutes: int, since_first: int | None) -> str:
    """How long after the case was received, and after the first report."""
    told = _("受理后 %(span)s") % {"span": spell(minutes)}
    return told if since_first is None else told + _("，首报后 %(span)s") % {"span": spell(since_first)}
