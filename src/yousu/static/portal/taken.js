// 拍摄位置: where a JPEG says it was taken, read on this device. Anything unexpected is no place.
const APP1 = 0xffe1, GPS = 0x8825, LAT_REF = 1, LAT = 2, LON_REF = 3, LON = 4, RATIONAL = 5, LONG = 4, HEAD_BYTES = 128 * 1024;

export async function takenAt(file) {
  if (file.type !== "image/jpeg") return null;
  try { return place(new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer())); } catch { return null; }
}

function place(view) {
  const tiff = tiffAt(view);
  if (tiff === null) return null;
  const small = view.getUint16(tiff) === 0x4949;
  const u16 = (at) => view.getUint16(tiff + at, small), u32 = (at) => view.getUint32(tiff + at, small);
  const entries = (at) => new Map(Array.from({ length: u16(at) }, (_, n) => [u16(at + 2 + n * 12), at + 2 + n * 12]));
  const pointer = entries(u32(4)).get(GPS);
  if (pointer === undefined || u16(pointer + 2) !== LONG) return null;
  const gps = entries(u32(pointer + 8));
  const degrees = (name, ref, negative) => {
    if (u16(gps.get(name) + 2) !== RATIONAL) return NaN;
    const at = u32(gps.get(name) + 8), part = (n) => u32(at + n * 8) / u32(at + n * 8 + 4);
    const sign = String.fromCharCode(view.getUint8(tiff + gps.get(ref) + 8)) === negative ? -1 : 1;
    return sign * (part(0) + part(1) / 60 + part(2) / 3600);
  };
  const lat = degrees(LAT, LAT_REF, "S"), lon = degrees(LON, LON_REF, "W");
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0) ? [lat, lon] : null;
}

function tiffAt(view) {
  for (let at = 2; view.getUint16(0) === 0xffd8 && at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return null;
    // "Exif" and two zeros stand before the TIFF head.
    if (view.getUint16(at) === APP1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
  }
  return null;
}
