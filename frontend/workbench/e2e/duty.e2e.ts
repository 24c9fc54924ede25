import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Api, newNumber } from './support/api';
import { Desk, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { Cable } from './support/proxy';
import { Sipp } from './support/sipp';
import { pause, until } from './support/wait';

let node: RingmasterNode;
let browser: Browser;
let admin: Api;
const desks: Desk[] = [];
const callers: Sipp[] = [];

beforeAll(async () => {
  node = await RingmasterNode.start();
  browser = await openBrowser();
}, 240_000);

beforeEach(async () => {
  admin = await Api.login(node.http, 'admin@demo.example');
});

afterEach(async () => {
  for (const caller of callers.splice(0)) caller.kill();
  await pause(500);
  for (const desk of desks.splice(0)) {
    if (desk.page.isClosed()) continue;
    await desk.settle('OFF').catch(() => undefined);
    await desk.close();
  }
});

afterAll(async () => {
  await browser.close();
  await node.remove();
});

async function agent(login: string): Promise<Desk> {
  const desk = await Desk.login(browser, node.http, login);
  desks.push(desk);
  return desk;
}

async function caller(scenario = 'stay.xml', from = newNumber(), holdMs = 1_000): Promise<Sipp> {
  const sipp = await Sipp.start(scenario, {
    target: node.sip,
    service: '4001000002',
    from,
    args: ['-d', String(holdMs)],
    seconds: 110,
  });
  callers.push(sipp);
  return sipp;
}

async function talking(login: string): Promise<{ desk: Desk; sipp: Sipp; from: string }> {
  const desk = await agent(login);
  await desk.startWork();
  const from = newNumber();
  const sipp = await caller('stay.xml', from);
  await desk.by('btn-answer').click({ timeout: 15_000 });
  await desk.becomes('IN_CALL', 3_000);
  return { desk, sipp, from };
}

spec(
  ['AGT-002', 'AGT-005', 'AGT-021'],
  'a fresh login is off duty, nothing is offered, and dialling is refused',
  async () => {
    const desk = await agent('bob@demo.example');
    expect(await desk.state()).toBe('OFF');
    const code = await desk.page.evaluate(async () => {
      const phone = (
        window as unknown as { __ringmaster: { call(n: string, o: object): Promise<unknown> } }
      ).__ringmaster;
      return phone.call('13800000009', {}).then(
        () => 'dialled',
        (refusal: unknown) => (refusal as { code: string }).code,
      );
    });
    expect(code).toBe('AgentOffDuty');
  },
  40_000,
);

spec(
  ['AGT-006', 'AGT-007', 'AGT-011', 'HOT-014'],
  'an unanswered offer: break after 30 s, and the same caller rings the next agent',
  async () => {
    const alice = await agent('alice@demo.example');
    await alice.startWork();
    const sipp = await caller();
    await alice.becomes('RINGING', 10_000);
    const rang = performance.now();
    const bob = await agent('bob@demo.example');
    await bob.startWork();
    await alice.becomes('BREAK', 35_000);
    const after = performance.now() - rang;
    console.log(`auto-break after ${(after / 1000).toFixed(1)} s of ringing`);
    expect(after).toBeGreaterThan(28_500);
    expect(after).toBeLessThan(31_500);
    await bob.becomes('RINGING', 2_000);
    // She sees why, and what to do next.
    expect(await alice.by('state-pill').innerText()).toMatch(/not answered|未接/i);
    await alice.by('btn-continue').waitFor();
    await bob.by('btn-answer').click();
    await bob.becomes('IN_CALL', 3_000);
    await bob.by('btn-hangup').click();
    await sipp.passed();
  },
  100_000,
);

spec(
  ['AGT-001', 'AGT-004', 'AGT-008', 'AGT-009'],
  'a break wished for during a call begins after wrap-up, and wrap-up wants its note',
  async () => {
    const { desk, sipp } = await talking('alice@demo.example');
    await desk.takeBreak();
    expect(await desk.state()).toBe('IN_CALL');
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 3_000);
    await sipp.passed();
    expect(await desk.state()).toBe('ACW');
    await desk.fillNote('break after this');
    await desk.by('note-save').click();
    await until('break, or wrap-up that can be continued', 5_000, async () => {
      if ((await desk.state()) === 'BREAK') return true;
      await desk.by('btn-continue').click({ timeout: 500 });
      return false;
    });
  },
  60_000,
);

spec(
  'AGT-012',
  'a second browser takes over: the first is logged out within 2 s and its commands are refused',
  async () => {
    const first = await agent('carol@demo.example');
    await first.startWork();
    const second = await agent('carol@demo.example');
    const start = performance.now();
    await first.by('superseded-page').waitFor({ timeout: 5_000 });
    console.log(`superseded page after ${(performance.now() - start).toFixed(0)} ms`);
    expect(await second.state()).toBe('IDLE');
    const code = await first.page.evaluate(async () => {
      const phone = (window as unknown as { __ringmaster?: { startWork(): Promise<unknown> } })
        .__ringmaster;
      return phone?.startWork().then(
        () => 'done',
        (refusal: unknown) => (refusal as { code: string }).code,
      );
    });
    expect(code).toBe('SessionSuperseded');
  },
  60_000,
);

spec(
  'AGT-012',
  'during a call a second browser must confirm, then the audio moves to it',
  async () => {
    const { desk: first, sipp } = await talking('carol@demo.example');
    const second = await Desk.open(browser, node.http);
    desks.push(second);
    await second.by('login-name').fill('carol@demo.example');
    await second.by('login-password').fill('Ringmaster-demo-1');
    await second.by('login-submit').click();
    await second.by('takeover-dialog').waitFor({ timeout: 10_000 });
    expect(await first.state()).toBe('IN_CALL');
    await second.by('takeover-dialog').getByRole('button').last().click();
    await second.becomes('IN_CALL', 10_000);
    await first.by('superseded-page').waitFor({ timeout: 2_500 });
    await second.by('btn-hangup').click();
    await second.becomes('ACW', 3_000);
    await sipp.passed();
  },
  60_000,
);

spec(
  'AGT-014',
  'F5 in a call: the same state comes back, audio reconnects, and hanging up works',
  async () => {
    const { desk, sipp, from } = await talking('alice@demo.example');
    const start = performance.now();
    await desk.page.reload();
    await desk.becomes('IN_CALL', 10_000);
    await until('audio reconnected', 10_000, () =>
      desk.page.evaluate(() => {
        const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]');
        return (
          audio?.srcObject instanceof MediaStream &&
          audio.srcObject.getAudioTracks().some((t) => !t.muted)
        );
      }),
    );
    const back = performance.now() - start;
    console.log(`reload to audio ${back.toFixed(0)} ms`);
    expect(back).toBeLessThan(5_000);
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 3_000);
    await sipp.passed();
    expect((await admin.record(from, 3_000)).endedBy).toBe('AGENT');
  },
  60_000,
);

spec(
  ['AGT-015', 'SYS-006'],
  'the push channel is cut at hang-up: after at most 10 s the page is right again',
  async () => {
    const cable = await Cable.to(node.http);
    const desk = await Desk.login(browser, cable.url, 'alice@demo.example');
    desks.push(desk);
    await desk.startWork();
    const from = newNumber();
    const sipp = await caller('leave.xml', from, 8_000);
    await desk.by('btn-answer').click({ timeout: 15_000 });
    await desk.becomes('IN_CALL', 3_000);
    cable.pull();
    await sipp.passed(); // the caller hangs up while the page hears nothing
    const ended = performance.now();
    await pause(2_000);
    cable.plug();
    await desk.becomes('ACW', 10_000);
    const right = performance.now() - ended;
    console.log(
      `right ${right.toFixed(0)} ms after the end of the call, the cable was out for 2 s`,
    );
    expect(right).toBeLessThan(10_000);
    await desk.wrapUp('the cable was out');
    cable.close();
  },
  60_000,
);

spec(
  ['AGT-024', 'HOT-018'],
  'with auto-answer on she talks within 2 s of the offer, without a click; after her hang-up the caller scores',
  async () => {
    const desk = await agent('bob@demo.example');
    await desk.startWork();
    await autoAnswer(desk, true);
    const from = newNumber();
    const sipp = await Sipp.start('score.xml', {
      target: node.sip,
      service: '4001000001',
      from,
      seconds: 100,
    });
    callers.push(sipp);
    await desk.becomes('IN_CALL', 20_000);
    await autoAnswer(desk, false);
    await pause(1_000);
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 3_000);
    await sipp.passed();
    const record = await admin.record(from, 5_000);
    expect(record).toMatchObject({ endedBy: 'AGENT', result: 'SUCCESS', survey: 1 });
    const ring = record.phases.find((phase) => phase.kind === 'ring');
    expect(ring?.ms ?? 0).toBeLessThan(2_000); // answered in the moment of the offer: no phase at all
  },
  90_000,
);

function autoAnswer(desk: Desk, on: boolean): Promise<void> {
  return desk.page.evaluate(async (wish) => {
    const holder = window as unknown as {
      __ringmaster: { setAutoAnswer(on: boolean): Promise<void> };
    };
    await holder.__ringmaster.setAutoAnswer(wish);
  }, on);
}
