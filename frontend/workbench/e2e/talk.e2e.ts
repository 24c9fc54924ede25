import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber, type CallRecord } from './support/api';
import { Baresip } from './support/baresip';
import { Desk, isTone, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { firstHeardMs, frames, lastSeconds, readWav, toneShare } from './support/tone';
import { pause, until } from './support/wait';

// A real user agent says 440 Hz, an agent in Chromium says 1000 Hz: each must hear the other.
const CALLER_HZ = 440;
const AGENT_HZ = 1000;

let node: RingmasterNode;
let browser: Browser;
let desk: Desk;
let admin: Api;
const phones: Baresip[] = [];

beforeAll(async () => {
  node = await RingmasterNode.start();
  browser = await openBrowser(AGENT_HZ);
  admin = await Api.login(node.http, 'admin@demo.example');
  desk = await Desk.login(browser, node.http, 'alice@demo.example');
  await desk.startWork();
}, 240_000);

afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.stop()));
});

afterAll(async () => {
  await browser.close();
  await node.remove();
});

async function ring(from: string, codec: 'pcmu' | 'pcma' = 'pcmu'): Promise<Baresip> {
  const phone = await Baresip.start({ from, toneHz: CALLER_HZ, codec });
  phones.push(phone);
  phone.dial(`sip:4001000002@${node.sip}`);
  await desk.by('incoming-card').waitFor({ timeout: 10_000 });
  return phone;
}

function sumsUp(record: CallRecord): void {
  const total = Date.parse(record.endedAt) - Date.parse(record.startedAt);
  const sum = record.phases
    .filter((phase) => phase.kind !== 'acw')
    .reduce((ms, phase) => ms + phase.ms, 0);
  expect(sum).toBe(total);
}

spec(
  [
    'SYS-007',
    'AGT-034',
    'AGT-022',
    'AGT-028',
    'AGT-008',
    'HOT-019',
    'HOT-020',
    'TEN-038',
    'AGT-009',
  ],
  'an agent answers in the browser, both hear each other, she hangs up, and the recording has both',
  async () => {
    const from = newNumber();
    const phone = await ring(from);
    const card = await desk.by('incoming-card').innerText();
    expect(card).toContain(from);
    await phone.seen('CALL_ESTABLISHED', 5_000);

    const answered = performance.now();
    await desk.by('btn-answer').click();
    await until(
      'the agent hears the caller',
      3_000,
      async () => isTone(await desk.hears(), CALLER_HZ),
      20,
    );
    const heardAfter = performance.now() - answered;
    await desk.becomes('IN_CALL', 1_000);
    await pause(4_000);

    const hungUp = performance.now();
    await desk.by('btn-hangup').click();
    const acw = desk.becomes('ACW', 3_000).then(() => performance.now() - hungUp);
    const bye = (await phone.seen('CALL_CLOSED', 3_000)) - hungUp;
    const record = await admin.record(from, 3_000);
    const recorded = performance.now() - hungUp;
    console.log(
      `answer to caller heard ${heardAfter.toFixed(0)} ms; hang-up to BYE ${bye.toFixed(0)} ms, to ACW ${(await acw).toFixed(0)} ms, to record ${recorded.toFixed(0)} ms`,
    );
    expect(heardAfter).toBeLessThan(1_000);
    expect(bye).toBeLessThan(500);
    expect(await acw).toBeLessThan(500);
    expect(recorded).toBeLessThan(2_000);

    expect(record).toMatchObject({
      direction: 'INBOUND',
      from,
      to: '4001000002',
      endedBy: 'AGENT',
      result: 'SUCCESS',
    });
    expect(record.agent?.name).toBeTruthy();
    sumsUp(record);
    expect(record.phases.map((phase) => phase.kind)).toEqual(
      expect.arrayContaining(['ring', 'talk']),
    );

    const heard = lastSeconds(phone.heard(), 3);
    expect(toneShare(heard, 0, AGENT_HZ)).toBeGreaterThan(0.9);

    const recording = await recordingOf(record);
    expect(recording.channels).toHaveLength(2);
    expect(toneShare(recording, 0, CALLER_HZ)).toBeGreaterThan(0.9);
    expect(toneShare(recording, 1, AGENT_HZ)).toBeGreaterThan(0.9);
    expect(frames(recording, 0, AGENT_HZ)).not.toContain('tone');
    expect(frames(recording, 1, CALLER_HZ)).not.toContain('tone');
    expect(firstHeardMs(recording, 1, AGENT_HZ)).toBeLessThan(1_000);
    await desk.wrapUp('asked for the order');
  },
  90_000,
);

spec(
  'AGT-034',
  'between calls no sound leaves her page and none comes, her line lives by its checks, and the next call is whole',
  async () => {
    const before = await desk.packets();
    expect(before.sent).toBeGreaterThan(100);
    const later = await until('her line is checked three times', 15_000, async () => {
      const now = await desk.packets();
      return now.checks >= before.checks + 3 ? now : undefined;
    });
    expect(later.sent).toBe(before.sent);
    expect(later.received).toBe(before.received);
    expect(await desk.state()).toBe('IDLE');

    const from = newNumber();
    const phone = await ring(from);
    expect((await desk.packets()).sent).toBe(before.sent);
    await desk.by('btn-answer').click();
    await until('the agent hears the caller', 3_000, async () =>
      isTone(await desk.hears(), CALLER_HZ),
    );
    const during = await desk.packets();
    expect(during.sent).toBeGreaterThan(before.sent);
    expect(during.received).toBeGreaterThan(before.received);
    await pause(1_500);
    await desk.by('btn-hangup').click();
    await phone.seen('CALL_CLOSED', 3_000);
    expect(toneShare(lastSeconds(phone.heard(), 1), 0, AGENT_HZ)).toBeGreaterThan(0.8);
    await desk.wrapUp('after a pause');
  },
  60_000,
);

spec(
  ['AGT-025', 'AGT-028', 'HOT-019'],
  'on hold the caller hears music and nothing of the agent; then he hangs up',
  async () => {
    const from = newNumber();
    const phone = await ring(from, 'pcma');
    await desk.by('btn-answer').click();
    await until(
      'the agent hears the caller',
      3_000,
      async () => isTone(await desk.hears(), CALLER_HZ),
      20,
    );
    await pause(1_500);
    await desk.by('btn-hold').click();
    await until('silence on hold', 3_000, async () => (await desk.hears()) === 0);
    await pause(3_000);
    await desk.by('btn-hold').click();
    await until('the caller again', 3_000, async () => isTone(await desk.hears(), CALLER_HZ), 20);
    await pause(1_500);

    const hungUp = performance.now();
    phone.hangup();
    const acw = (await desk.becomes('ACW', 3_000)) && performance.now() - hungUp;
    const record = await admin.record(from, 3_000);
    console.log(
      `caller's hang-up to ACW ${acw.toFixed(0)} ms, to record ${(performance.now() - hungUp).toFixed(0)} ms`,
    );
    expect(acw).toBeLessThan(500);
    expect(record).toMatchObject({ endedBy: 'CALLER', result: 'SUCCESS' });
    sumsUp(record);
    const hold = record.phases.find((phase) => phase.kind === 'hold');
    expect(hold?.ms).toBeGreaterThan(2_500);

    const heard = frames(phone.heard(), 0, AGENT_HZ);
    const first = heard.indexOf('tone');
    const last = heard.lastIndexOf('tone');
    const between = heard.slice(first, last);
    // The music is neither silence nor her voice, and lasts as long as the hold.
    expect(between.filter((frame) => frame === 'other').length).toBeGreaterThan(20);
    await desk.wrapUp('held and resumed');
  },
  90_000,
);

spec(
  ['SYS-001', 'ADM-006'],
  'while they talk the auditor compares what everybody says, and nothing contradicts another',
  async () => {
    await ring(newNumber());
    await desk.by('btn-answer').click();
    await desk.becomes('IN_CALL', 3_000);

    const office = await Desk.login(browser, node.http, 'admin@demo.example');
    await office.by('nav-truth').click();
    const verdict = office.by('truth-verdict');
    const number = async (name: string) => Number(await verdict.getAttribute(name));
    // Both live; the leg, seen from call and edge; the talk, seen from call and agent; their deadlines; her session.
    await until(
      'the talk is compared',
      10_000,
      async () => (await number('data-checked')) >= 9 && (await number('data-count')) === 0,
    );
    expect(await number('data-age-ms')).toBeLessThan(3_000);
    await office.by('truth-empty').waitFor();
    expect(await office.by('truth-stale').count()).toBe(0);
    const shot = process.env['RINGMASTER_SHOTS'];
    if (shot) await office.page.screenshot({ path: `${shot}/truth.png` });
    await office.close();

    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 3_000);
    await desk.wrapUp('looked at from outside');
  },
  60_000,
);

spec(
  ['AGT-016', 'AGT-033', 'REP-014'],
  'the ended call is in the list of ended calls and in her call records, and can be played',
  async () => {
    await desk.by('tab-ended').click();
    await desk.by('service-row').first().waitFor({ timeout: 5_000 });
    await desk.page.goto(`${node.http}/demo/calls`);
    await desk.by('record-row').first().waitFor({ timeout: 10_000 });
    await desk.by('record-play').first().click();
    await until('the recording plays', 10_000, () =>
      desk.page.evaluate(() =>
        [...document.querySelectorAll('audio')].some((audio) => audio.currentTime > 0.3),
      ),
    );
    const bob = await Api.login(node.http, 'bob@demo.example');
    const own = await bob.get<{ total: number }>('/api/v1/calls?mine=true');
    expect(own.total).toBe(0);
  },
  60_000,
);

async function recordingOf(record: CallRecord) {
  const url = await until('the recording', 10_000, async () => {
    const [current] = (await admin.calls(record.from)).filter(
      (call) => call.callId === record.callId,
    );
    return current?.recording?.url;
  });
  const answer = await admin.fetch(url);
  expect(answer.status).toBe(200);
  return readWav(Buffer.from(await answer.arrayBuffer()));
}
