"""文件: what people send is judged by its content; pictures are written anew, without what cameras add."""

from dataclasses import dataclass

from yousu.platform.files import images, judging
from yousu.platform.files.judging import EXTENSIONS, FileWrong

__all__ = ["EXTENSIONS", "Examined", "FileWrong", "examined"]


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A file as it may be kept. `place` is where a picture says it was taken: longitude and latitude, WGS-84."""

    media_type: str
    content: bytes
    place: tuple[float, float] | None = None


def examined(content: bytes) -> Examined:
    """What a file is and what is kept of it. Raises FileWrong."""
    media_type = judging.media_type(content)
    if media_type in images.FORMATS:
        picture = images.written_anew(content, media_type)
        return Examined(media_type=media_type, content=picture.content, place=picture.place)
    kept = judging.plain_text(content).encode() if media_type == judging.PLAIN_TEXT else content
    return Examined(media_type=media_type, content=kept)
