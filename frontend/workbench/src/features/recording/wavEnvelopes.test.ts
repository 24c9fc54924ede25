import { spec } from '@ringmaster/spec';
import { expect, test } from 'vitest';
import { talkMs, shares } from './phases';
import { parseFilters } from './parseFilters';
import { toQuery } from './recordQueries';
import { readWav } from './wavEnvelopes';

function wav(kind: number, bits: number, bytes: number[]): ArrayBuffer {
  const buffer = new ArrayBuffer(44 + bytes.length);
  const view = new DataView(buffer);
  const write = (at: number, text: string) => {
    Array.from(text).forEach((letter, index) => {
      view.setUint8(at + index, letter.charCodeAt(0));
    });
  };
  write(0, 'RIFF');
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, kind, true);
  view.setUint16(22, 2, true);
  view.setUint16(34, bits, true);
  write(36, 'data');
  view.setUint32(40, bytes.length, true);
  bytes.forEach((byte, index) => {
    view.setUint8(44 + index, byte);
  });
  return buffer;
}

spec('AGT-033', 'both sides of a recording are read, in 16 bit and as G.711 came in', () => {
  // left loud, right silent
  const pcm = Array.from({ length: 40 }, () => [0x00, 0x40, 0x00, 0x00]).flat();
  const both = readWav(wav(1, 16, pcm), 4);
  expect(both?.left.map((level) => Math.round(level * 10) / 10)).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(both?.right).toEqual([0, 0, 0, 0]);
  const mu = readWav(wav(7, 8, [0xff, 0x80, 0xff, 0x80]), 1);
  expect(mu?.left[0]).toBe(0);
  expect(mu?.right[0]).toBeGreaterThan(0.9);
  const a = readWav(wav(6, 8, [0xd5, 0xaa, 0xd5, 0xaa]), 1);
  expect(a?.left[0]).toBeLessThan(0.001);
  expect(a?.right[0]).toBeGreaterThan(0.9);
  expect(readWav(new ArrayBuffer(10), 4)).toBeUndefined();
});

test('talk time counts holds; the shares of a bar add up and none is invisible', () => {
  const phase = (kind: 'queue' | 'talk' | 'hold', ms: number) => ({ kind, ms, startedAt: '' });
  const phases = [phase('queue', 10), phase('talk', 90_000), phase('hold', 9_990)];
  expect(talkMs({ phases })).toBe(99_990);
  const parts = shares(phases);
  expect(parts[0]?.percent).toBeGreaterThan(1);
  expect(Math.round(parts.reduce((sum, part) => sum + part.percent, 0))).toBe(100);
});

spec('AGT-033', 'an agent asks for her own calls only, whatever the address says', () => {
  const filters = parseFilters({
    all: true,
    q: 138,
    direction: 'sideways',
    from: 'yesterday',
    page: '3',
  });
  expect(filters).toEqual({ all: true, q: '138', page: 3 });
  expect(toQuery(filters, false)).toMatchObject({ mine: true });
  expect(toQuery(filters, true)).not.toHaveProperty('mine');
});
