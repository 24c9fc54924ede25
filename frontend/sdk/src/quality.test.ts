import { expect, test } from 'vitest';
import { qualityBetween, totalsOf } from './quality';

const AT = '2026-03-01T09:00:00.000Z';

test('loss is that of the last stretch, not of the whole call', () => {
  const before = { received: 1000, lost: 100, jitterMs: 3, rttMs: 20 };
  const after = { received: 1190, lost: 110, jitterMs: 7, rttMs: 30 };
  expect(qualityBetween(before, after, AT)).toEqual({
    lossPercent: 5,
    jitterMs: 7,
    rttMs: 30,
    at: AT,
  });
});

test('nothing received and nothing lost says nothing about quality', () => {
  const same = { received: 10, lost: 0, jitterMs: 0, rttMs: null };
  expect(qualityBetween(same, same, AT)).toBeUndefined();
});

test('reads the audio that comes in and the round trip of the chosen way', () => {
  const report = [
    { type: 'inbound-rtp', kind: 'audio', packetsReceived: 250, packetsLost: 1, jitter: 0.004 },
    { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.021 },
  ];
  expect(totalsOf(report)).toEqual({ received: 250, lost: 1, jitterMs: 4, rttMs: 21 });
  expect(totalsOf([])).toBeUndefined();
});
