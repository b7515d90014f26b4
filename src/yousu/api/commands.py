"""命令接口: `POST /appeals/{number}/{command}`. One row of the table below is one door."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params import functions as parameters

from yousu.api import bodies, rendering, versions
from yousu.api.appeals import check_visible, visible
from yousu.api.auth import actor
from yousu.api.fields import Body
from yousu.api.openapi import ETAG, IF_MATCH, refusals
from yousu.api.shapes import Case, Unmasked
from yousu.appeals import commands as appeals
from yousu.appeals import mark_commands as marks
from yousu.appeals import merge_commands as merging
from yousu.appeals import shield_commands as shields
from yousu.appeals import urgent_commands as urgent
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.org import capabilities

router = Router(tags=["commands"])


@dataclass(frozen=True, kw_only=True)
class Door:
    """A command's name, its body and the engine's command; `needs_version`: If-Match says what was seen."""

    command: str
    body: type[Body]
    run: Callable[..., Any]
    needs_version: bool = True

    @property
    def summary(self) -> str:
        """The command's name in Chinese, as the engine's own docstring gives it."""
        return (self.run.__doc__ or self.command).partition(".")[0]


DOORS = (
    Door(command="answer", body=bodies.Answer, run=appeals.answer),
    Door(command="decline", body=bodies.Decline, run=appeals.decline),
    Door(command="transfer", body=bodies.Transfer, run=appeals.transfer),
    Door(command="withdraw", body=bodies.Withdraw, run=appeals.withdraw),
    Door(command="forward", body=bodies.Forward, run=appeals.forward),
    Door(command="designate", body=bodies.Forward, run=appeals.designate),
    Door(command="sign", body=bodies.Sign, run=appeals.sign),
    Door(command="contact", body=bodies.Contact, run=appeals.contact),
    Door(command="send-back", body=bodies.SendBack, run=appeals.send_back),
    Door(command="judge-send-back", body=bodies.JudgeSendBack, run=appeals.judge_send_back),
    Door(command="handle", body=bodies.Handle, run=appeals.handle),
    Door(command="approve", body=bodies.Approve, run=appeals.approve),
    Door(command="review", body=bodies.Review, run=appeals.review),
    Door(command="call-back", body=bodies.CallBack, run=appeals.call_back),
    Door(command="judge-unsolved", body=bodies.JudgeUnsolved, run=appeals.judge_unsolved),
    Door(command="reopen", body=bodies.Reopen, run=appeals.reopen),
    Door(command="request-extension", body=bodies.RequestExtension, run=marks.request_extension),
    Door(command="judge-extension", body=bodies.JudgeExtension, run=marks.judge_extension),
    Door(command="suspend", body=bodies.Suspend, run=marks.suspend),
    Door(command="resume", body=bodies.Resume, run=marks.resume),
    Door(command="park", body=bodies.Park, run=marks.park),
    Door(command="unpark", body=bodies.Unpark, run=marks.unpark),
    Door(command="merge", body=bodies.Merge, run=merging.merge),
    Door(command="unmerge", body=bodies.Unmerge, run=merging.unmerge),
    Door(command="link", body=bodies.Link, run=merging.link, needs_version=False),
    Door(command="name-reported", body=bodies.NameReported, run=shields.name_reported),
    Door(command="request-lift", body=bodies.RequestLift, run=shields.request_lift),
    Door(command="judge-lift", body=bodies.JudgeLift, run=shields.judge_lift),
    Door(command="recuse", body=bodies.Recuse, run=shields.recuse),
    Door(command="exclude", body=bodies.Exclude, run=marks.exclude),
    Door(command="judge-exclusion", body=bodies.JudgeExclusion, run=marks.judge_exclusion),
    Door(command="supervise", body=bodies.Supervise, run=marks.supervise),
    Door(command="escalate", body=bodies.Escalate, run=marks.escalate),
    Door(command="summon", body=bodies.Summon, run=marks.summon),
    Door(command="instruct", body=bodies.Instruct, run=marks.instruct, needs_version=False),
    Door(command="report-instruction", body=bodies.ReportInstruction, run=marks.report_instruction),
    Door(command="report-urgent", body=bodies.ReportUrgent, run=urgent.report_urgent, needs_version=False),
    Door(command="lead", body=bodies.Lead, run=marks.lead, needs_version=False),
    Door(command="classify", body=bodies.Classify, run=appeals.classify),
    Door(command="correct", body=bodies.Correct, run=appeals.correct),
    Door(command="urge", body=bodies.Urge, run=appeals.urge, needs_version=False),
    Door(command="release", body=bodies.Release, run=appeals.release),
    Door(command="support", body=bodies.Support, run=appeals.support, needs_version=False),
    Door(command="undo", body=bodies.Undo, run=appeals.undo),
)


def _open(door: Door) -> None:
    # A body whose every field is optional may be left out altogether.
    is_optional = not any(field.is_required() for field in door.body.model_fields.values())
    default: Any = parameters.Body(door.body() if is_optional else ...)

    def view(request: HttpRequest, response: HttpResponse, number: str, body: Any = default) -> Case:
        by = actor(request)
        seen = {"seen": versions.seen(request)} if door.needs_version else {}
        check_visible(number, by)
        capabilities.require(by, door.command)
        door.run(number, **body.model_dump(exclude_none=True), by=by, **seen)
        # Whoever has just acted is shown the case, even if it has left the own unit by that.
        row = queries.now(number)
        versions.tag(response, row.version)
        return rendering.case(row, by=by)

    view.__annotations__["body"] = door.body
    statuses = {400, 403, 404, 409, 413, 415, 422} | ({412, 428} if door.needs_version else set())
    router.post(
        f"/{{number}}/{door.command}",
        response={200: Case, **refusals(*statuses)},
        operation_id=door.command.replace("-", "_"),
        url_name=door.command,
        summary=door.summary,
        description=door.body.__doc__,
        openapi_extra={"parameters": [IF_MATCH] if door.needs_version else [], "responses": {200: ETAG}},
    )(view)


for _door in DOORS:
    _open(_door)


@router.post("/{number}/unmask", response={200: Unmasked, **refusals(400, 403, 404, 413, 415, 422)})
def unmask(request: HttpRequest, number: str, body: bodies.Unmask) -> Unmasked:
    """查看个人信息: the asked fields in clear, in this answer alone; the access is logged."""
    by = actor(request)
    row = visible(number, by)
    shown = cases.unmask(number, fields=body.fields, purpose=body.purpose, note=body.note or "", by=by)
    return Unmasked(**rendering.fields(row, by=by), unmasked=shown)
