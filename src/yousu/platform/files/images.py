"""图片: decoded within limits and written anew, so that nothing a camera or a sender added comes along."""

import struct
import threading
import zlib
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from typing import Any

from PIL import ExifTags, Image, ImageOps

from yousu.platform.files.judging import FileWrong

# A small file may claim to be of any size. Our own limit is looked at before anything is decoded.
MOST_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = None
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_MODES = {
    "JPEG": ("RGB", frozenset({"L", "RGB"})),
    "PNG": ("RGBA", frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})),
    "WEBP": ("RGBA", frozenset({"RGB", "RGBA"})),
    "GIF": ("P", frozenset({"L", "P"})),
}
_HOW: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 90}, "GIF": {}}
# What decoders raise on files that are broken or meant to break them.
_BROKEN = (OSError, ValueError, SyntaxError, TypeError, LookupError, EOFError, OverflowError, struct.error, zlib.error)
# A large picture takes a few hundred megabytes while it is written anew: one at a time in a process.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture written anew, and where it says it was taken."""

    content: bytes
    place: tuple[float, float] | None


def written_anew(content: bytes, media_type: str) -> Picture:
    """The same picture (of an animation the first frame) without metadata. Raises FileWrong."""
    name = FORMATS[media_type]
    with _ONE_AT_A_TIME:
        try:
            with Image.open(BytesIO(content), formats=[name]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise FileWrong("too_many_pixels")
                place = _place(image)
                return Picture(content=_encoded(image, name), place=place)
        except FileWrong:
            raise
        except _BROKEN as error:
            raise FileWrong("broken") from error


def _encoded(image: Image.Image, name: str) -> bytes:
    # Turned as the camera said, for what says so goes.
    upright = ImageOps.exif_transpose(image)
    usual, kept = _MODES[name]
    pixels = upright if upright.mode in kept else upright.convert(usual)
    transparency = pixels.info.get("transparency")
    pixels.info = {} if transparency is None else {"transparency": transparency}
    written = BytesIO()
    pixels.save(written, name, **_HOW[name])
    return written.getvalue()


def _place(image: Image.Image) -> tuple[float, float] | None:
    gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "EW", most=180)
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "NS", most=90)
    return None if lon is None or lat is None else (lon, lat)


def _degrees(parts: Any, side: Any, sides: str, *, most: int) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3 or not isinstance(side, str) or side[:1] not in tuple(sides):
        return None
    try:
        value = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    except (ArithmeticError, TypeError, ValueError):
        return None
    if not isfinite(value) or not 0 <= value <= most:
        return None
    return round(-value if side[0] == sides[1] else value, 6)
