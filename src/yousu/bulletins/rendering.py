"""通报呈现: one bulletin in any of its formats."""

from collections.abc import Callable

import msgspec

from yousu.bulletins import names
from yousu.bulletins.queries import Bulletin
from yousu.bulletins.wording import document
from yousu.documents import docx, html, pdf, text
from yousu.documents.model import Document, Lang

DOCX = docx.MEDIA_TYPE
FORMATS = ("text", "json", "html", "pdf", "docx")


def as_document(bulletin: Bulletin, *, lang: Lang) -> Document:
    """The document of a bulletin. What is frozen bears its own names; nothing of today is mixed into it."""
    json, state = bulletin.json, bulletin.state
    if not json["frozen"] and state is not None:
        labels = {**json["labels"], "signers": names.signers(state)}
        json = {**json, "labels": labels, "issue_number": state.issue_number}
    return document(json, lang=lang)


def as_text(bulletin: Bulletin, *, lang: Lang = "zh") -> str:
    """Plain text."""
    return text.render(as_document(bulletin, lang=lang))


def as_html(bulletin: Bulletin, *, lang: Lang, link: Callable[[str], str | None], title_level: int = 1) -> str:
    """A fragment; `link` gives the address behind a figure's path, `title_level` is its title's in the page."""
    return html.render(as_document(bulletin, lang=lang), link=link, title_level=title_level)


def as_pdf(bulletin: Bulletin, *, lang: Lang = "zh") -> bytes:
    """The PDF, the same bytes for the same bulletin."""
    return pdf.render(as_document(bulletin, lang=lang))


def as_docx(bulletin: Bulletin, *, lang: Lang = "zh") -> bytes:
    """The file for Word, the same bytes for the same bulletin."""
    return docx.render(as_document(bulletin, lang=lang))


def as_json(bulletin: Bulletin) -> str:
    """The JSON of the contract."""
    return msgspec.json.encode(bulletin.json).decode()
