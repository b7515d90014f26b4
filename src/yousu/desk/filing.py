"""文件: what the desk gives out to be printed or worked on: a PDF is shown, a DOCX is saved."""

from django.http import HttpResponse

from yousu.desk import labels
from yousu.documents import docx
from yousu.documents.model import Lang

MEDIA = {"pdf": "application/pdf", "docx": docx.MEDIA_TYPE}


def filed(content: bytes, *, name: str, form: str) -> HttpResponse:
    """The file as an answer."""
    response = HttpResponse(content, content_type=MEDIA[form])
    shown = "inline" if form == "pdf" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}.{form}"'
    return response


def lang() -> Lang:
    """The document's language: the page's."""
    return "zh" if labels.language().startswith("zh") else "en"
