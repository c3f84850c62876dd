import { crc32 } from 'node:zlib';
import { CodedError } from '../src/errors.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 33;
/** Of each part of a PNG: its length, its name and its checksum, beside what it holds. */
const PART_BYTES = 12;
/** Colour with transparency, in the header of a PNG. */
const RGBA = 6;

/**
 * Refuses an icon that Teams would: not a whole PNG, or not a square of so many pixels; one that is to be seen through also when
 * it has no transparency. Throws `CodedError('package')` that names the file.
 */
export function checkIcon(file: string, bytes: Uint8Array, pixels: number, isSeenThrough: boolean): void {
  const png = Buffer.from(bytes);
  if (png.length < HEADER_BYTES || !png.subarray(0, SIGNATURE.length).equals(SIGNATURE) || !isWhole(png))
    throw new CodedError('package', `${file} should be a whole PNG picture.`);
  const [width, height, colours] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(25)];
  if (width !== pixels || height !== pixels)
    throw new CodedError('package', `${file} should be ${pixels} by ${pixels} pixels; it is ${width} by ${height}.`);
  if (isSeenThrough && colours !== RGBA)
    throw new CodedError('package', `${file} should be white on a transparent ground.`);
}

/** Whether each part of a picture is as its checksum says, up to its end: a file that was cut off or damaged is not. */
function isWhole(png: Buffer): boolean {
  for (let at = SIGNATURE.length; at + PART_BYTES <= png.length;) {
    const end = at + PART_BYTES + png.readUInt32BE(at);
    if (end > png.length || crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) return false;
    if (png.toString('latin1', at + 4, at + 8) === 'IEND') return true;
    at = end;
  }
  return false;
}
