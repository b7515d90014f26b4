"""样式: the styles of a DOCX, with offices' own fonts and those that stand in where an office has not got them."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordFile
from docx.oxml.parser import parse_xml

from yousu.documents.model import Lang
from yousu.documents.word.measures import Measures, character_space, measures_for

FANG, KAI, HEI, SONG, SIGN = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
# What is taken where the named font is missing, by its name in Chinese and in English systems.
STAND_INS = {FANG: "仿宋,FangSong", KAI: "楷体,KaiTi", HEI: "SimHei", SONG: "SimSun", SIGN: "小标宋,宋体,SimSun"}

_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Styles by id: name as Word shows it.
SIGN_STYLE, NUMBER_STYLE, TABLE_STYLE, TABLE_HEAD_STYLE = "Sign", "Number", "TableText", "TableHead"
NOTE_STYLE, CLOSING_STYLE, END_STYLE, PAGE_STYLE, PLAIN_STYLE = "Note", "Closing", "End", "PageNumber", "Plain"


def fonts(font: str, lang: Lang) -> str:
    """The element that names a font for Han and, in Chinese print, for everything else, too."""
    latin = font if lang == "zh" else LATIN
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:cs="{latin}"/>'


def heavy(lang: Lang) -> str:
    """The print of marks and of what stands out."""
    return fonts(HEI, lang) + _bold(lang)


def font_table() -> bytes:
    """word/fontTable.xml: the fonts with those that stand in for them."""
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in STAND_INS.items()
    )
    text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACE}>{named}</w:fonts>'
    return text.encode()


def write(file: WordFile, lang: Lang, colour: str) -> None:
    """Puts our styles in the place of the template's."""
    styles = file.styles.element
    for child in list(styles):
        styles.remove(child)
    sizes = measures_for(lang)
    styles.append(parse_xml(_defaults(sizes, lang)))
    for style in _styles(sizes, lang, colour):
        styles.append(parse_xml(style))


def _defaults(sizes: Measures, lang: Lang) -> str:
    language = '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    print_ = f"{fonts(FANG, lang)}{_size(sizes.body)}{language}"
    paragraph = f'<w:spacing w:after="0" w:line="{sizes.pitch}" w:lineRule="exact"/>'
    return (
        f"<w:docDefaults {NAMESPACE}><w:rPrDefault><w:rPr>{print_}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _styles(sizes: Measures, lang: Lang, colour: str) -> Iterator[str]:
    # 28 characters to a line, whatever they are: no space is put between Han and Latin.
    dense = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if lang == "zh" else ""
    body = f'{dense}{_line(sizes.pitch, after=sizes.gap)}{_indent(sizes)}<w:jc w:val="both"/>'
    spaced = _spaced(character_space(sizes.body)) if lang == "zh" else ""
    yield _style("Normal", "Normal", body, spaced, is_default=True)
    yield _style(PLAIN_STYLE, "无缩进", f"{_line(sizes.pitch, after=sizes.gap)}{_NO_INDENT}")
    yield from _headings(sizes, lang)
    centred = f'{_NO_INDENT}<w:jc w:val="center"/>'
    title = f"{fonts(SIGN, lang)}{_bold(lang)}{_spaced(0)}{_size(sizes.title)}"
    yield _style("Title", "Title", f"<w:keepNext/>{_line(sizes.title_pitch)}{centred}", title)
    sign = f'{fonts(SIGN, lang)}{_bold(lang)}<w:color w:val="{colour}"/>{_spaced(0)}'
    yield _style(SIGN_STYLE, "发文机关标志", f"<w:keepNext/>{centred}", sign, based_on=PLAIN_STYLE)
    yield _style(NUMBER_STYLE, "发文字号", centred, based_on=PLAIN_STYLE)
    yield from _small(sizes, lang)


def _headings(sizes: Measures, lang: Lang) -> Iterator[str]:
    faces = (HEI, KAI, FANG, FANG)
    for level, (face, size) in enumerate(zip(faces, sizes.headings, strict=True), start=1):
        before = 0 if lang == "zh" else 240
        look = f'<w:keepNext/>{_line(sizes.pitch, before=before)}{_indent(sizes)}<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(f"Heading{level}", f"heading {level}", look, f"{fonts(face, lang)}{_bold(lang)}{_size(size)}")


def _small(sizes: Measures, lang: Lang) -> Iterator[str]:
    # Off the grid: it would draw small print apart to the pitch of the body.
    table = f'<w:snapToGrid w:val="0"/>{_line(round(sizes.table * 27))}{_NO_INDENT}<w:jc w:val="left"/>'
    small = f'<w:snapToGrid w:val="0"/>{_line(sizes.small_pitch)}{_NO_INDENT}'
    bold = f"{fonts(HEI, lang)}{_bold(lang)}"
    yield _style(TABLE_STYLE, "表文", table, _spaced(0) + _size(sizes.table))
    yield _style(TABLE_HEAD_STYLE, "表头", '<w:jc w:val="center"/>', bold, based_on=TABLE_STYLE)
    yield _style(
        "Caption", "caption", f'<w:keepNext/>{small}<w:jc w:val="center"/>', f"{bold}{_spaced(0)}{_size(sizes.small)}"
    )
    note = f'<w:snapToGrid w:val="0"/>{_line(sizes.small_pitch)}{_indent(sizes, size=sizes.small)}'
    yield _style(NOTE_STYLE, "附注", note, _spaced(0) + _size(sizes.small))
    flush = f'<w:keepNext/>{_line(sizes.pitch)}{_NO_INDENT}<w:jc w:val="right"/>'
    yield _style(CLOSING_STYLE, "落款", flush)
    end = f'<w:keepNext/>{small}<w:jc w:val="left"/>'
    yield _style(END_STYLE, "版记", end, _spaced(0) + _size(sizes.small))
    number = f'<w:snapToGrid w:val="0"/>{_line(280)}{_NO_INDENT}'
    yield _style(PAGE_STYLE, "页码", number, f"{fonts(SONG, lang)}{_spaced(0)}{_size(14)}")


def _style(
    code: str, name: str, paragraph: str, print_: str = "", *, based_on: str = "", is_default: bool = False
) -> str:
    parent = "" if is_default else f'<w:basedOn w:val="{based_on or "Normal"}"/>'
    marked = ' w:default="1"' if is_default else ""
    return (
        f'<w:style {NAMESPACE} w:type="paragraph"{marked} w:styleId={quoteattr(code)}><w:name w:val={quoteattr(name)}/>'
        f"{parent}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{print_}</w:rPr></w:style>"
    )


def _line(pitch: int, *, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{pitch}" w:lineRule="exact"/>'


def _indent(sizes: Measures, *, size: float | None = None) -> str:
    first = round(sizes.indent * (size or sizes.body) * 20)
    # Word counts in characters and keeps to them when the size is changed; other programs read the length.
    return f'<w:ind w:firstLineChars="{100 * sizes.indent}" w:firstLine="{first}"/>'


def _spaced(twips: int) -> str:
    return f'<w:spacing w:val="{twips}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


def _bold(lang: Lang) -> str:
    # 黑体 and 小标宋 are heavy as they are.
    return "" if lang == "zh" else "<w:b/>"
