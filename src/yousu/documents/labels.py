"""用语: the fixed words around a document, in the language of the document."""

from dataclasses import dataclass

from yousu.documents.model import Document, Lang


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words of one language; `colon`, `comma` and `stop` are its punctuation."""

    draft: str
    unreviewed: str
    frozen: str
    digest: str
    compiled_by: str
    reviewed_by: str
    signed_by: str
    distribution: str
    note: str
    unprintable: str
    emoji: str
    colon: str
    comma: str
    stop: str


_LABELS: dict[Lang, Labels] = {
    "zh": Labels(
        draft="草稿　未签发",
        unreviewed="草稿　未审核",
        frozen="封存",
        digest="摘要",
        compiled_by="编制",
        reviewed_by="审核",
        signed_by="签发",
        distribution="分送",
        note="注",
        unprintable="文中“〓”为字库未收之字，以电子文本为准。",
        emoji="〔表情〕",
        colon="：",
        comma="，",
        stop="。",
    ),
    "en": Labels(
        draft="DRAFT – not signed",
        unreviewed="DRAFT – not reviewed",
        frozen="Frozen",
        digest="Digest",
        compiled_by="Compiled by",
        reviewed_by="Reviewed by",
        signed_by="Signed by",
        distribution="Distribution",
        note="Notes",
        unprintable="The sign 〓 stands for a character the fonts do not hold; the electronic text has it.",
        emoji="[emoji]",
        colon=": ",
        comma=", ",
        stop=".",
    ),
}


def labels_for(document: Document) -> Labels:
    """The fixed words in the document's language."""
    return labels_in(document.lang)


def labels_in(lang: Lang) -> Labels:
    """The fixed words of a language."""
    return _LABELS[lang]


def signatures(document: Document) -> tuple[tuple[str, str], ...]:
    """编制、审核、签发: each label with its name, empty where nobody has done it yet."""
    labels, signature = labels_for(document), document.signature
    return (
        (labels.compiled_by, signature.compiled_by or ""),
        (labels.reviewed_by, signature.reviewed_by or ""),
        (labels.signed_by, signature.signed_by or ""),
    )


def distribution_line(document: Document) -> str:
    """分送: those who get the bulletin in one sentence; empty when nobody is named."""
    labels = labels_for(document)
    names = labels.comma.join(document.signature.distribution)
    return f"{labels.distribution}{labels.colon}{names}{labels.stop}" if names else ""


def mark_line(document: Document) -> str:
    """草稿 未签发, until the bulletin is frozen; 草稿 未审核 of a letter whose reply is not accepted; else empty."""
    if document.kind != "bulletin":
        return labels_for(document).unreviewed if document.is_unreviewed else ""
    return "" if document.seal else labels_for(document).draft


def seal_line(document: Document) -> str:
    """封存: when the bulletin was frozen and its short digest; empty for a draft."""
    if document.seal is None:
        return ""
    labels, seal = labels_for(document), document.seal
    gap = "　" if document.lang == "zh" else "   "
    return f"{labels.frozen}{labels.colon}{seal.frozen_at}{gap}{labels.digest}{labels.colon}sha256 {seal.short_digest}"
