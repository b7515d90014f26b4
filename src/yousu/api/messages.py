"""答语: every problem the API can answer with, in Chinese and English, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True)
class Message:
    """One kind of problem: HTTP status, title and what to do about it."""

    status: int
    title_zh: str
    title_en: str
    detail_zh: str
    detail_en: str

    def title(self, language: str) -> str:
        """The title in a language."""
        return self.title_en if language == "en" else self.title_zh

    def detail(self, language: str) -> str:
        """The detail in a language."""
        return self.detail_en if language == "en" else self.detail_zh


MESSAGES: Mapping[str, Message] = {
    "json_broken": Message(
        400, "不是有效的JSON", "Not valid JSON", "请求正文无法按JSON读取。", "The body cannot be read as JSON."
    ),
    "request_broken": Message(
        400, "请求不完整", "Broken request", "请求头或正文无法读取。", "The headers or the body cannot be read."
    ),
    "version_malformed": Message(
        400,
        "If-Match格式错误",
        "If-Match malformed",
        '请写所见的版本号，例如 If-Match: "3"。',
        'Give the version you saw, like If-Match: "3".',
    ),
    "unauthorized": Message(
        401,
        "未认证",
        "Not signed in",
        "请带有效令牌：Authorization: Bearer …。",
        "Send a valid token: Authorization: Bearer ….",
    ),
    "forbidden": Message(
        403, "没有权限", "Not allowed", "您的角色不能进行此操作。", "Your roles do not allow this action."
    ),
    "path_missing": Message(404, "没有此地址", "No such address", "此地址下没有内容。", "There is nothing here."),
    "case_missing": Message(
        404, "没有此件", "No such case", "没有此编号的件，或您不能查看。", "There is no such case, or none you may see."
    ),
    "figure_missing": Message(
        404,
        "没有此指标",
        "No such figure",
        "没有此指标，或通报中没有此数字。",
        "No such figure, or none the bulletin prints.",
    ),
    "bulletin_missing": Message(
        404,
        "没有此通报",
        "No such bulletin",
        "编号形如 daily-2024-01-31 或 weekly-2024-01-28（周报以周日为末日），2000至2100年。",
        "Ids look like daily-2024-01-31 or weekly-2024-01-28 (a week ends on its Sunday), 2000 to 2100.",
    ),
    "attachment_missing": Message(
        404, "没有此附件", "No such attachment", "没有此附件，或已随个人信息删除。", "There is none, or it was erased."
    ),
    "person_missing": Message(
        404, "没有此人", "No such person", "没有此人员编号。", "There is no person with this id."
    ),
    "method_not_allowed": Message(
        405, "不支持此方法", "Method not allowed", "允许的方法见Allow头。", "The header Allow names the methods."
    ),
    "not_possible": Message(
        409,
        "现在不能进行此操作",
        "Not possible now",
        "件所处环节或已发生的事不允许此操作；possible列出可行的操作。",
        "The stage, or what happened before, forbids this; `possible` lists what can be done.",
    ),
    "list_broken": Message(
        409,
        "清单与冻结时不符",
        "The list is not the frozen one",
        "通报中此数字背后的清单已被改动；figure写明是哪个数字。请运行 yousu verify。",
        "The list behind this number of the bulletin was changed; `figure` names the number. Run yousu verify.",
    ),
    "content_differs": Message(
        409,
        "内容与前次不同",
        "Content differs",
        "同一Idempotency-Key或external_id先前已用于不同内容。",
        "The same Idempotency-Key or external_id came before with other content.",
    ),
    "recorded_by_another": Message(
        409,
        "已由他人受理",
        "Recorded by another",
        "同一渠道和external_id的诉求已由另一账号受理。",
        "An appeal with this channel and external_id was recorded by another account.",
    ),
    "version_moved": Message(
        412,
        "件已变动",
        "The case has moved",
        "您看到的版本已不是最新；请重新读取后再操作。",
        "The version you saw is no longer the newest; read the case again.",
    ),
    "too_large": Message(413, "正文过大", "Body too large", "请求正文最多1 MiB。", "A body may be at most 1 MiB."),
    "file_too_large": Message(
        413, "附件过大", "File too large", "一个附件最多20 MiB。", "An attachment may be at most 20 MiB."
    ),
    "not_a_form": Message(
        415,
        "正文类型不支持",
        "Unsupported media type",
        "请以multipart/form-data发送，文件放在file一项。",
        "Send it as multipart/form-data with the file in `file`.",
    ),
    "wrong_media_type": Message(
        415,
        "正文类型不支持",
        "Unsupported media type",
        "请以Content-Type: application/json发送。",
        "Send it as Content-Type: application/json.",
    ),
    "fields_wrong": Message(
        422, "字段有误", "Wrong fields", "errors列出有误的字段及原因。", "`errors` lists the wrong fields and why."
    ),
    "version_missing": Message(
        428,
        "缺少If-Match",
        "If-Match missing",
        '请写所见的版本号，例如 If-Match: "3"。',
        'Give the version you saw, like If-Match: "3".',
    ),
    "database_gone": Message(
        503, "暂不可用", "Not available", "数据库暂时无法访问，请稍后重试。", "The database does not answer; try again."
    ),
}


def language_of(request: HttpRequest) -> str:
    """`en` when Accept-Language puts it before Chinese, else `zh`."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        if code.partition("-")[0] in ("zh", "en"):
            return code.partition("-")[0]
    return "zh"
