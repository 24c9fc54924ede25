import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Sound {
  rateHz: number;
  channels: Float64Array[];
}

/** Reads a 16-bit PCM or G.711 WAV file; a length in the header that was never fixed up is ignored. */
export function readWav(bytes: Buffer): Sound {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error('not a WAV file');
  let at = 12;
  let format = 0;
  let channels = 0;
  let rateHz = 0;
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      format = bytes.readUInt16LE(at + 8);
      channels = bytes.readUInt16LE(at + 10);
      rateHz = bytes.readUInt32LE(at + 12);
    } else if (name === 'data') {
      const data = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + size));
      return { rateHz, channels: split(data, format, channels) };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without data');
}

function split(data: Buffer, format: number, channels: number): Float64Array[] {
  const width = format === 1 ? 2 : 1;
  const frames = Math.floor(data.length / width / channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float64Array.from({ length: frames }, (_, i) => {
      const offset = (i * channels + channel) * width;
      if (format === 1) return data.readInt16LE(offset);
      return format === 7 ? ulaw(data.readUInt8(offset)) : alaw(data.readUInt8(offset));
    }),
  );
}

function ulaw(byte: number): number {
  const u = ~byte & 0xff;
  const magnitude = (((u & 0x0f) << 3) + 0x84) << ((u & 0x70) >> 4);
  return u & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

function alaw(byte: number): number {
  const a = byte ^ 0x55;
  const exponent = (a & 0x70) >> 4;
  let magnitude = ((a & 0x0f) << 4) + 8;
  if (exponent > 0) magnitude = (magnitude + 0x100) << (exponent - 1);
  return a & 0x80 ? magnitude : -magnitude;
}

const FRAME_MS = 100;

/** For each 100 ms: `silent`, `tone` (over 80 % of the power at that frequency) or `other`. */
export function frames(sound: Sound, channel: number, hz: number): ('silent' | 'tone' | 'other')[] {
  const samples = sound.channels[channel];
  if (samples === undefined) throw new Error(`no channel ${channel}`);
  const n = (sound.rateHz * FRAME_MS) / 1000;
  const turn = 2 * Math.cos((2 * Math.PI * hz) / sound.rateHz);
  const result: ('silent' | 'tone' | 'other')[] = [];
  for (let start = 0; start + n <= samples.length; start += n) {
    let energy = 0;
    let a = 0;
    let b = 0;
    for (let i = start; i < start + n; i++) {
      const v = samples[i] ?? 0;
      energy += v * v;
      [a, b] = [v + turn * a - b, a];
    }
    const power = ((a * a + b * b - turn * a * b) * 2) / n;
    result.push(energy / n < 100 * 100 ? 'silent' : power / energy > 0.8 ? 'tone' : 'other');
  }
  return result;
}

/** Share of the loud frames in which the channel is this tone; 0 when nothing is loud. */
export function toneShare(sound: Sound, channel: number, hz: number): number {
  const all = frames(sound, channel, hz);
  const loud = all.filter((frame) => frame !== 'silent').length;
  return loud === 0 ? 0 : all.filter((frame) => frame === 'tone').length / loud;
}

/** Milliseconds into the sound at which the tone is first heard; -1 = never. */
export function firstHeardMs(sound: Sound, channel: number, hz: number): number {
  const at = frames(sound, channel, hz).indexOf('tone');
  return at < 0 ? -1 : at * FRAME_MS;
}

/** The end of a sound. */
export function lastSeconds(sound: Sound, seconds: number): Sound {
  const channels = sound.channels.map((samples) => samples.slice(-seconds * sound.rateHz));
  return { ...sound, channels };
}

export function readWavFile(file: string): Sound {
  return readWav(readFileSync(file));
}

/** Writes a sine tone as a 16-bit WAV file. */
export function writeTone(file: string, hz: number, seconds: number, rateHz = 8000): string {
  execFileSync('sox', [
    '-n',
    '-r',
    String(rateHz),
    '-c',
    '1',
    '-b',
    '16',
    file,
    'synth',
    String(seconds),
    'sine',
    String(hz),
    'gain',
    '-6',
  ]);
  return file;
}
