/** The loudness of both sides over time, 0…1, in equal steps. */
export interface Envelopes {
  left: number[];
  right: number[];
}

const PCM = 1;
const A_LAW = 6;
const MU_LAW = 7;

/**
 * Reads the loudness out of a WAV file (PCM 16 bit, or G.711 as it came from the trunk) without decoding it for the ear.
 * Undefined for what is not such a file; the player then shows no wave and plays all the same.
 */
export function readWav(bytes: ArrayBuffer, steps: number): Envelopes | undefined {
  const view = new DataView(bytes);
  if (bytes.byteLength < 44 || word(view, 0) !== 'RIFF' || word(view, 8) !== 'WAVE')
    return undefined;
  let format: { kind: number; channels: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const size = view.getUint32(at + 4, true);
    if (word(view, at) === 'fmt ')
      format = {
        kind: view.getUint16(at + 8, true),
        channels: view.getUint16(at + 10, true),
        bits: view.getUint16(at + 22, true),
      };
    if (word(view, at) === 'data' && format)
      return envelopes(view, at + 8, Math.min(size, bytes.byteLength - at - 8), format, steps);
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function envelopes(
  view: DataView,
  from: number,
  size: number,
  format: { kind: number; channels: number; bits: number },
  steps: number,
): Envelopes | undefined {
  const read = readerOf(view, format);
  if (!read) return undefined;
  const width = format.bits / 8;
  const frames = Math.floor(size / (width * format.channels));
  const side = (channel: number) =>
    Array.from({ length: steps }, (_, step) => {
      const begin = Math.floor((step * frames) / steps);
      const end = Math.max(begin + 1, Math.floor(((step + 1) * frames) / steps));
      // A few hundred samples of each step show its peak well enough.
      const stride = Math.max(1, Math.floor((end - begin) / 200));
      let peak = 0;
      for (let frame = begin; frame < Math.min(end, frames); frame += stride)
        peak = Math.max(peak, Math.abs(read(from + (frame * format.channels + channel) * width)));
      return peak;
    });
  const left = side(0);
  return { left, right: format.channels > 1 ? side(1) : left.map(() => 0) };
}

function readerOf(
  view: DataView,
  format: { kind: number; bits: number },
): ((at: number) => number) | undefined {
  if (format.kind === PCM && format.bits === 16) return (at) => view.getInt16(at, true) / 32768;
  if (format.kind === MU_LAW) return (at) => muLaw(view.getUint8(at)) / 32768;
  if (format.kind === A_LAW) return (at) => aLaw(view.getUint8(at)) / 32768;
  return undefined;
}

// ITU-T G.711
function muLaw(byte: number): number {
  const flipped = ~byte & 0xff;
  const magnitude = (((flipped & 0x0f) << 3) + 0x84) << ((flipped & 0x70) >> 4);
  return flipped & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

function aLaw(byte: number): number {
  const flipped = byte ^ 0x55;
  const exponent = (flipped & 0x70) >> 4;
  const mantissa = ((flipped & 0x0f) << 4) + (exponent === 0 ? 8 : 0x108);
  const magnitude = exponent > 1 ? mantissa << (exponent - 1) : mantissa;
  return flipped & 0x80 ? magnitude : -magnitude;
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
