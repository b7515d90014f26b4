"""通报呈现: one bulletin in any of its formats."""

from collections.abc import Callable
from typing import Any

import msgspec

from yousu.bulletins.documents import html, pdf, text
from yousu.bulletins.documents.model import Document, Lang
from yousu.bulletins.queries import Bulletin
from yousu.bulletins.wording import document
from yousu.org.city import city
from yousu.org.models import Account

FORMATS = ("text", "json", "html", "pdf")


def as_document(bulletin: Bulletin, *, lang: Lang) -> Document:
    """The document of a bulletin, with the names of those who took its steps."""
    return document(bulletin.json, bulletin.state, city=city(), names=_names(bulletin, lang=lang), lang=lang)


def as_text(bulletin: Bulletin, *, lang: Lang = "zh") -> str:
    """Plain text."""
    return text.render(as_document(bulletin, lang=lang))


def as_html(bulletin: Bulletin, *, lang: Lang, link: Callable[[str], str | None]) -> str:
    """A fragment; `link` gives the address behind a figure's path."""
    return html.render(as_document(bulletin, lang=lang), link=link)


def as_pdf(bulletin: Bulletin, *, lang: Lang = "zh") -> bytes:
    """The PDF, the same bytes for the same bulletin."""
    return pdf.render(as_document(bulletin, lang=lang))


def as_json(bulletin: Bulletin) -> str:
    """The JSON of the contract."""
    return msgspec.json.encode(bulletin.json).decode()


def _names(bulletin: Bulletin, *, lang: Lang) -> dict[str, str]:
    state: Any = bulletin.state
    codes = [code for code in (state.composed_by, state.reviewed_by, state.signed_by) if code] if state else []
    users = {code.partition(":")[2] for code in codes}
    found = Account.objects.filter(user__in=users)
    return {f"account:{account.user}": account.name_zh if lang == "zh" else account.name_en for account in found}
