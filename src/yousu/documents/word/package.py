"""封装: the file around a DOCX: page, properties and settings of our own, and the same bytes for the same content."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.shared import Mm, Twips

from yousu.documents.characters import cleaned
from yousu.documents.model import Document
from yousu.documents.word import styles
from yousu.documents.word.measures import BOTTOM_MM, LEFT_MM, PAGE_MM, RIGHT_MM, TOP_MM, measures_for
from yousu.documents.word.parts import elements

# What python-docx's template brings along and nobody needs.
_UNUSED = ("thumbnail", "stylesWithEffects", "webSettings", "customXml", "numbering")
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:defaultTabStop w:val="640"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15" '
    'w:uri="http://schemas.microsoft.com/office/word"/></w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Yousu</Application></Properties>"
)
# The first moment a ZIP knows.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def opened(document: Document, colour: str) -> WordFile:
    """An empty file with our page, styles, settings and properties."""
    file = docx.Document()
    for relations in (file.part.package.rels, file.part.rels):
        for key in [key for key, relation in relations.items() if any(word in relation.reltype for word in _UNUSED)]:
            del relations[key]
    styles.write(file, document.lang, colour)
    settings = file.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.extend(elements(_SETTINGS))
    _set_page(file, document)
    _set_properties(file, document)
    return file


def packed(file: WordFile) -> bytes:
    """The file, every part with one fixed time."""
    made, out = BytesIO(), BytesIO()
    file.save(made)
    ours = {"word/fontTable.xml": styles.font_table(), "docProps/app.xml": _APP.encode()}
    with ZipFile(made) as parts, ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name in parts.namelist():
            entry = ZipInfo(name, date_time=_NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            zipped.writestr(entry, ours.get(name) or parts.read(name))
    return out.getvalue()


def _set_page(file: WordFile, document: Document) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = (Mm(side) for side in PAGE_MM)
    page.top_margin, page.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    page.left_margin, page.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    page.gutter = Twips(0)
    sizes = measures_for(document.lang)
    properties = file.element.body.sectPr
    for child in [child for child in properties if child.tag.endswith(("docGrid", "cols"))]:
        properties.remove(child)
    if document.lang == "zh":
        # Of lines alone: programs disagree on what a grid of characters means, so the body bears its spacing itself.
        properties.extend(elements(f'<w:docGrid w:type="lines" w:linePitch="{sizes.pitch}"/>'))


def _set_properties(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title = cleaned(document.title)[:255]
    properties.author = cleaned(document.head.issuer or document.head.sign)[:255]
    properties.last_modified_by = properties.author
    properties.language = "zh-CN" if document.lang == "zh" else "en-GB"
    properties.comments = properties.keywords = properties.subject = ""
    moment: datetime = document.moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
    properties.revision = 1
