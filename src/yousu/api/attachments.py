"""附件接口: adding a file to a case, and giving one out."""

from uuid import UUID

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router, Status

from yousu.api.appeals import visible
from yousu.api.auth import actor
from yousu.api.openapi import refusals
from yousu.api.problems import Refusal
from yousu.api.rendering import local
from yousu.api.shapes import Attachment, ExifPlace
from yousu.cases import attaching
from yousu.cases.rules import FieldWrong
from yousu.org import capabilities
from yousu.platform.files import EXTENSIONS

router = Router(tags=["attachments"])
_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
                "required": ["file"],
            }
        }
    },
}
_FILE = {
    "description": "The file.",
    "content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in EXTENSIONS},
}


@router.post(
    "/{number}/attachments",
    response={201: Attachment, 200: Attachment, **refusals(400, 403, 404, 409, 413, 415, 422)},
    openapi_extra={"requestBody": _FORM},
)
def attach(request: HttpRequest, response: HttpResponse, number: str) -> Status[Attachment]:
    """附件. Judged by content; pictures lose their metadata. 200 when the case had this very file."""
    by = actor(request)
    visible(number, by)
    capabilities.require(by, "attach")
    sent = _file(request)
    if sent.size is None or sent.size > attaching.MOST_BYTES:
        raise Refusal("file_too_large")
    added = attaching.attach(number, content=sent.read(), name=sent.name or "", by=by)
    response["Location"] = f"{request.path.rstrip('/')}/{added.attachment.id}"
    response["ETag"] = f'"{added.version}"'
    return Status(201 if added.is_new else 200, _shown(added.attachment))


@router.get(
    "/{number}/attachments/{attachment_id}",
    response=refusals(403, 404, 422),
    openapi_extra={"responses": {200: _FILE}},
)
def attachment(request: HttpRequest, number: str, attachment_id: UUID) -> StreamingHttpResponse:
    """下载附件: sent as a file to be saved, under a name that says nothing of anybody."""
    by = actor(request)
    visible(number, by)
    found = attaching.download(number, attachment_id, by)
    answer = StreamingHttpResponse(found.pieces, content_type=found.attachment.media_type)
    for name, value in found.headers().items():
        answer[name] = value
    return answer


def _file(request: HttpRequest) -> UploadedFile:
    if request.content_type != "multipart/form-data":
        raise Refusal("not_a_form")
    try:
        sent = request.FILES.get("file")
    except RequestDataTooBig as error:
        raise Refusal("file_too_large") from error
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Refusal("request_broken") from error
    if not isinstance(sent, UploadedFile):
        raise FieldWrong("file", "required")
    return sent


def _shown(one: attaching.Attachment) -> Attachment:
    place = one.exif_place
    return Attachment(
        id=str(one.id),
        media_type=one.media_type,
        size=one.size,
        attached_at=local(one.at),
        by=one.by,
        name=one.name,
        exif_place=None if place is None else ExifPlace(lon=place[0], lat=place[1]),
    )
