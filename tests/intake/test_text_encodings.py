"""Which encodings are recognised, and how a file in none of them is refused."""

from pathlib import Path

import pytest

from yousu.intake.files.encodings import recognised
from yousu.intake.files.rows import FileUnusable

WORDS = "编号,内容\n1,五四大街路灯不亮\n2,小区停车难，请尽快处理\n3,供暖不热\n" * 50


def written(folder: Path, content: bytes) -> Path:
    file = folder / "a.csv"
    file.write_bytes(content)
    return file


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(FileUnusable) as error:
        recognised(written(folder, content))
    return str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_a_text_reads_as_it_was_written(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, WORDS.encode(encoding))
    assert file.read_text(encoding=recognised(file).encoding) == WORDS


def test_utf_16_is_read_in_either_order(tmp_path: Path) -> None:
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")):
        file = written(tmp_path, mark + WORDS.encode(encoding))
        assert file.read_text(encoding=recognised(file).encoding) == WORDS


def test_rare_characters_of_gb_18030_are_read(tmp_path: Path) -> None:
    text = WORDS + "4,𠮷林路\n"
    file = written(tmp_path, text.encode("gb18030"))
    assert recognised(file).encoding == "gb18030"
    assert file.read_text(encoding="gb18030") == text


def test_one_broken_byte_in_utf_8_is_named_by_its_line(tmp_path: Path) -> None:
    lines = WORDS.encode().split(b"\n")
    lines[41] = lines[41][:-1]
    assert refusal(tmp_path, b"\n".join(lines)) == "line 42: byte 0xE4 is broken UTF-8"


def test_a_file_cut_off_inside_a_character_is_broken(tmp_path: Path) -> None:
    assert refusal(tmp_path, WORDS.encode()[:-2]) == "line 200: byte 0xE7 is broken UTF-8"


def test_one_broken_byte_in_gb_18030_is_named_by_its_line(tmp_path: Path) -> None:
    lines = WORDS.encode("gb18030").split(b"\n")
    lines[9] += b"\xff"
    assert refusal(tmp_path, b"\n".join(lines)) == "line 10: byte 0xFF is broken GB 18030"


def test_broken_utf_16_is_named_by_its_line_far_into_the_file(tmp_path: Path) -> None:
    text = ("路" * 99 + "\n") * 6000
    broken = b"\xfe\xff" + text.encode("utf-16-be") + b"\xdc\x00"
    assert refusal(tmp_path, broken) == "line 6001: byte 0xDC is broken UTF-16"


@pytest.mark.parametrize(
    ("encoding", "words"), [("latin-1", "naïve café, déjà vu\n"), ("big5", "路燈壞了，請儘快處理\n")]
)
def test_another_encoding_is_refused_and_not_guessed(tmp_path: Path, encoding: str, words: str) -> None:
    assert refusal(tmp_path, b"id,text\n" + (words * 20).encode(encoding)).startswith("line 2: byte 0x")


def test_characters_across_the_pieces_of_reading_are_kept(tmp_path: Path) -> None:
    text = "a" + "路灯" * 350_000 + "\n"
    for encoding in ("utf-8", "gb18030"):
        file = written(tmp_path, text.encode(encoding))
        assert recognised(file).encoding == encoding
