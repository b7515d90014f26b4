"""寄来的文件: small files of every kind that is kept, and of kinds that are not."""

import zipfile
from fractions import Fraction
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

PLACE = (101.778212, 36.617134)


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), place: bool = False, **more: Any) -> bytes:
    """A picture; with a place it bears what a telephone writes: position, maker, comment, XMP."""
    image = Image.new("RGB", size, (200, 40, 40))
    if place:
        exif = image.getexif()
        exif[ExifTags.Base.Make] = "SECRETMAKER"
        exif[ExifTags.Base.Orientation] = 6
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(*PLACE))
        more |= {"exif": exif.tobytes(), "xmp": b"<x>SECRETXMP</x>", "comment": b"SECRETCOMMENT"}
    written = BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def _gps(lon: float, lat: float) -> dict[int, Any]:
    return {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: _sexagesimal(lat),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: _sexagesimal(lon),
    }


def _sexagesimal(degrees: float) -> tuple[Fraction, Fraction, Fraction]:
    seconds = Fraction(round(degrees * 3_600_000), 1000)
    return Fraction(seconds // 3600), Fraction(seconds % 3600 // 60), seconds % 60


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 900 million pixels."""
    content = bytearray(picture("PNG", size=(4, 4)))
    import struct
    import zlib

    content[16:24] = struct.pack(">II", 30_000, 30_000)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


def mp3() -> bytes:
    """Two empty frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + b"\x00" * 413) * 2


def archive() -> bytes:
    """A ZIP file."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("a.txt", "a")
    return written.getvalue()


KEPT = {
    "image/jpeg": picture("JPEG"),
    "image/png": picture("PNG"),
    "image/webp": picture("WEBP"),
    "image/gif": picture("GIF"),
    "application/pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
    "text/plain": "小区停暖三天，附通知。\r\n".encode(),
    "audio/mpeg": mp3(),
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 28,
    "audio/mp4": b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42",
    "video/mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomavc1",
}
REFUSED = {
    "an executable": b"MZ\x90\x00\x03\x00\x00\x00",
    "an ELF executable": b"\x7fELF\x02\x01\x01\x00",
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "HTML": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "HTML after words": "你好\n<ScRiPt src=x>".encode(),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "XML": b'<?xml version="1.0"?><a/>',
    "an archive": archive(),
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "RAR": b"Rar!\x1a\x07\x01\x00",
    "HEIC": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "a bitmap": b"BM\x46\x00\x00\x00\x00\x00",
    "UTF-16": "文字".encode("utf-16"),
    "one frame of MP3 and no more": mp3()[:300],
}
