"""Every number that a bulletin prints stands in its DOCX as it stands in its JSON."""

from collections.abc import Iterator
from functools import reduce
from io import BytesIO
from typing import Any

import docx
import pytest
from tests.bulletins.press import DAY, MIDNIGHT, answered, called_back, frozen, taken

from yousu.bulletins import queries, rendering
from yousu.documents.model import Block, Figure, Lang, Paragraph, Runs, Table, plain, runs_of

pytestmark = pytest.mark.django_db(transaction=True)


def at(json: Any, path: str) -> Any:
    return reduce(lambda part, name: part[int(name)] if isinstance(part, list) else part[name], path.split("."), json)


def printed(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        if isinstance(block, Table):
            yield from (runs_of(cell) for row in block.rows for cell in row)


def lines(content: bytes) -> list[str]:
    file = docx.Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in file.paragraphs), *cells]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_the_bulletin_is_the_jsons(hands: Any, lang: Lang) -> None:
    for _ in range(3):
        taken(place="人民公园")
    answered(channel="wechat")
    called_back()
    hands.move_to(MIDNIGHT)
    frozen(DAY)
    bulletin = queries.show(DAY)
    written = lines(rendering.as_docx(bulletin, lang=lang))
    figures = 0
    for runs in printed(rendering.as_document(bulletin, lang=lang).blocks):
        assert plain(runs) in written
        for run in runs:
            if isinstance(run, Figure):
                assert run.text == str(at(bulletin.json, run.path)), run.path
                figures += 1
    assert figures > 15
    assert rendering.as_docx(bulletin, lang=lang) == rendering.as_docx(queries.show(DAY), lang=lang)
