import { CodedError } from '../src/errors.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 33;
/** Colour with transparency, in the header of a PNG. */
const RGBA = 6;

/**
 * Refuses an icon that Teams would: not a PNG, or not a square of so many pixels; one that is to be seen through also when
 * it has no transparency. Throws `CodedError('package')` that names the file.
 */
export function checkIcon(file: string, bytes: Uint8Array, pixels: number, isSeenThrough: boolean): void {
  const png = Buffer.from(bytes);
  if (png.length < HEADER_BYTES || !png.subarray(0, SIGNATURE.length).equals(SIGNATURE))
    throw new CodedError('package', `${file} should be a PNG picture.`);
  const [width, height, colours] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(25)];
  if (width !== pixels || height !== pixels)
    throw new CodedError('package', `${file} should be ${pixels} by ${pixels} pixels; it is ${width} by ${height}.`);
  if (isSeenThrough && colours !== RGBA)
    throw new CodedError('package', `${file} should be white on a transparent ground.`);
}
