import { spec } from '@ringmaster/spec';
import { expect, test } from 'vitest';
import type { AgentScreen } from './protocol';
import { openPhone } from './ringmaster';
import { BASE, connected } from './testing/connected';
import { agent, call, microphone, ScriptedBrowser, settle } from './testing/scriptedServer';

test('start work opens the line first and goes on duty then', async () => {
  const { browser, phone, first } = await connected();
  const starting = phone.startWork();
  await settle();
  const offer = first.of('line')[0];
  expect(offer?.sdp).toBe('v=0 offer');
  expect(first.commands()).toEqual([]);
  await first.say({ type: 'done', id: offer?.id ?? '', sdp: 'v=0 answer', lineId: 'line-1' });
  expect(browser.connections[0]?.remoteSdp).toBe('v=0 answer');
  await browser.connections[0]?.becomes('connected');
  expect(phone.view.connection.line).toBe('UP');
  const command = first.commands()[0];
  expect(command?.name).toBe('startWork');
  await first.say({
    type: 'change',
    of: 'agent',
    from: 10,
    seq: 11,
    agent: agent({ state: 'IDLE', line: 'UP' }),
  });
  await first.say({ type: 'done', id: command?.id ?? '' });
  await starting;
  expect(phone.view.connection.line).toBe('UP');
});

spec(
  'ENV-004',
  'no microphone, a blocked one and a busy one are told apart before work starts',
  async () => {
    for (const [thrown, code] of [
      ['NotFoundError', 'NoMicrophone'],
      ['NotAllowedError', 'MicrophoneBlocked'],
      ['NotReadableError', 'MicrophoneBusy'],
      ['SecurityError', 'InsecureOrigin'],
    ] as const) {
      const { browser, phone, first } = await connected();
      browser.microphone = () => Promise.reject(new DOMException('no', thrown));
      await expect(phone.startWork()).rejects.toMatchObject({ code });
      expect(first.commands()).toEqual([]);
      expect(phone.view.connection.line).toBe('NONE');
    }
  },
);

test('the microphone is given back when the server refuses work', async () => {
  const { browser, phone, first } = await connected();
  const { track, stream } = microphone();
  browser.microphone = () => Promise.resolve(stream);
  const starting = phone.startWork();
  const refused = expect(starting).rejects.toMatchObject({ code: 'NoSkillGroup' });
  await settle();
  await first.say({ type: 'done', id: first.of('line')[0]?.id ?? '', sdp: 'v=0 answer' });
  await browser.connections[0]?.becomes('connected');
  await first.say({ type: 'refused', id: first.commands()[0]?.id ?? '', code: 'NoSkillGroup' });
  await refused;
  expect(track.readyState).toBe('ended');
  expect(browser.connections[0]?.connectionState).toBe('closed');
});

spec(['AGT-014', 'AGT-034'], 'a reload in a call offers the line again by itself', async () => {
  const browser = new ScriptedBrowser();
  const phone = openPhone(BASE, browser.environment);
  await browser.socket.open();
  await browser.socket.say({
    type: 'snapshot',
    seq: 5,
    agent: agent({ state: 'IN_CALL', line: 'LOST' }),
    call: call(),
  });
  await settle();
  const offer = browser.socket.of('line')[0];
  expect(offer).toBeDefined();
  await browser.socket.say({ type: 'done', id: offer?.id ?? '', sdp: 'v=0 answer' });
  await browser.connections[0]?.becomes('connected');
  expect(phone.view.connection.line).toBe('UP');

  // the server's older word is not believed for a moment, a fresh one is
  const still = agent({ state: 'IN_CALL', line: 'LOST' });
  await browser.socket.say({ type: 'change', of: 'agent', from: 5, seq: 6, agent: still });
  expect(browser.connections).toHaveLength(1);
  await browser.socket.say({
    type: 'change',
    of: 'agent',
    from: 6,
    seq: 7,
    agent: { ...still, line: 'UP' },
  });
  await browser.socket.say({ type: 'alive' });
  await browser.pass(4_500);
  expect(browser.connections).toHaveLength(1);
  await browser.socket.say({ type: 'change', of: 'agent', from: 7, seq: 8, agent: still });
  await browser.pass(10);
  expect(browser.connections).toHaveLength(2);
});

test('a line that fails is offered again, and off duty closes it', async () => {
  const browser = new ScriptedBrowser();
  const phone = openPhone(BASE, browser.environment);
  await browser.socket.open();
  const onDuty = agent({ state: 'IDLE', line: 'UP' });
  await browser.socket.say({ type: 'snapshot', seq: 5, agent: onDuty });
  await settle();
  await browser.socket.say({
    type: 'done',
    id: browser.socket.of('line')[0]?.id ?? '',
    sdp: 'v=0 answer',
  });
  await browser.connections[0]?.becomes('connected');
  await browser.connections[0]?.becomes('failed');
  expect(phone.view.connection.line).toBe('LOST');
  await browser.pass(10);
  expect(browser.socket.of('line')).toHaveLength(2);
  await browser.socket.say({
    type: 'change',
    of: 'agent',
    from: 5,
    seq: 6,
    agent: agent({ state: 'OFF' }),
  });
  expect(phone.view.connection.line).toBe('NONE');
});

test('mute silences the microphone at once, and follows the call when the server refuses', async () => {
  const browser = new ScriptedBrowser();
  const { track, stream } = microphone();
  browser.microphone = () => Promise.resolve(stream);
  const phone = openPhone(BASE, browser.environment);
  await browser.socket.open();
  await browser.socket.say({
    type: 'snapshot',
    seq: 5,
    agent: agent({ state: 'IN_CALL', callId: 'call-1', line: 'NONE' }),
    call: call({ muted: false }),
  });
  await settle();
  const muting = phone.mute(true);
  expect(track.enabled).toBe(false);
  const refused = expect(muting).rejects.toMatchObject({ code: 'NotYourCall' });
  await browser.socket.say({
    type: 'refused',
    id: browser.socket.commands()[0]?.id ?? '',
    code: 'NotYourCall',
  });
  await refused;
  expect(track.enabled).toBe(true);
  await browser.socket.say({ type: 'change', of: 'call', seq: 2, call: call({ muted: true }) });
  expect(track.enabled).toBe(false);
});

test('a transfer is asked of the server, which answers for itself', async () => {
  const { phone, first } = await connected({ audio: false });
  const asked = phone.transfer('call-1', { to: 'group', target: 'sales', mode: 'blind' });
  const sent = first.commands()[0];
  expect(sent).toMatchObject({
    name: 'transfer',
    args: { callId: 'call-1', to: 'group', target: 'sales', mode: 'blind' },
  });
  await first.say({ type: 'refused', id: sent?.id ?? '', code: 'NotAvailable' });
  await expect(asked).rejects.toMatchObject({ code: 'NotAvailable' });
});

/** A phone on duty whose line is up. */
async function onLine(screen: Partial<AgentScreen>, browser = new ScriptedBrowser()) {
  const { track, stream } = microphone();
  browser.microphone = () => Promise.resolve(stream);
  const phone = openPhone(BASE, browser.environment);
  await browser.socket.open();
  await browser.socket.say({ type: 'snapshot', seq: 5, agent: agent({ line: 'UP', ...screen }) });
  await settle();
  await lineUp(browser);
  let seq = 5;
  const becomes = (next: Partial<AgentScreen>) =>
    browser.socket.say({
      type: 'change',
      of: 'agent',
      from: seq,
      seq: (seq += 1),
      agent: agent({ line: 'UP', ...next }),
    });
  return { browser, phone, track, becomes, sends: () => browser.connections.at(-1)?.sender.track };
}

async function lineUp(browser: ScriptedBrowser): Promise<void> {
  const offer = browser.socket.of('line').at(-1);
  await browser.socket.say({ type: 'done', id: offer?.id ?? '', sdp: 'v=0 answer' });
  await browser.connections.at(-1)?.becomes('connected');
}

spec(
  'AGT-034',
  'her microphone is sent from the pressed answer to the end of the call, and never between calls',
  async () => {
    const { browser, phone, track, becomes, sends } = await onLine({ state: 'IDLE' });
    expect(sends()).toBeNull();
    await becomes({ state: 'RINGING', callId: 'call-1' });
    expect(sends()).toBeNull();
    const answering = phone.answer('call-1');
    await settle();
    expect(sends()).toBe(track);
    await browser.socket.say({ type: 'done', id: browser.socket.commands()[0]?.id ?? '' });
    await answering;
    expect(sends()).toBe(track);
    await becomes({ state: 'RINGING', sub: 'connecting', callId: 'call-1' });
    await becomes({ state: 'IN_CALL', callId: 'call-1' });
    expect(sends()).toBe(track);
    await becomes({ state: 'ACW', callId: 'call-1' });
    expect(sends()).toBeNull();
    await becomes({ state: 'DIALING', callId: 'call-2' });
    expect(sends()).toBe(track);
    await becomes({ state: 'BREAK' });
    expect(sends()).toBeNull();
    // answered elsewhere, or by itself: the state is enough
    await becomes({ state: 'RINGING', sub: 'connecting', callId: 'call-3' });
    expect(sends()).toBe(track);
  },
);

test('an answer that is refused, and a call that rings anew, leave the microphone silent', async () => {
  const { browser, phone, track, becomes, sends } = await onLine({
    state: 'RINGING',
    callId: 'call-1',
  });
  const refused = expect(phone.answer('call-1')).rejects.toMatchObject({ code: 'CallGone' });
  await settle();
  expect(sends()).toBe(track);
  const asked = browser.socket.commands()[0];
  await browser.socket.say({ type: 'refused', id: asked?.id ?? '', code: 'CallGone' });
  await refused;
  await settle();
  expect(sends()).toBeNull();

  const answering = phone.answer('call-1');
  await browser.socket.say({ type: 'done', id: browser.socket.commands()[1]?.id ?? '' });
  await answering;
  await becomes({ state: 'IDLE' });
  await becomes({ state: 'RINGING', callId: 'call-1' });
  expect(sends()).toBeNull();
});

spec(
  ['AGT-014', 'AGT-034'],
  'whether the microphone is sent outlives every line, reload and reconnect, and muting with it',
  async () => {
    const { browser, track, becomes, sends } = await onLine({ state: 'IN_CALL', callId: 'call-1' });
    expect(sends()).toBe(track);
    await browser.connections[0]?.becomes('failed');
    await browser.pass(10);
    expect(browser.connections).toHaveLength(2);
    expect(sends()).toBe(track);
    await becomes({ state: 'IDLE' });
    await lineUp(browser);
    expect(sends()).toBeNull();
    await browser.connections[1]?.becomes('failed');
    await browser.pass(10_000);
    await lineUp(browser);
    expect(browser.connections).toHaveLength(3);
    expect(sends()).toBeNull();

    // the call came while the socket was away
    await browser.socket.drop();
    await browser.pass(10_000);
    await browser.socket.open();
    await browser.socket.say({
      type: 'snapshot',
      seq: 20,
      agent: agent({ state: 'IN_CALL', callId: 'call-2', line: 'UP' }),
      call: call({ callId: 'call-2', muted: true }),
    });
    await settle();
    expect(sends()).toBe(track);
    expect(track.enabled).toBe(false);
  },
);

test('another microphone is sent in the place of one that was unplugged in a call', async () => {
  const { browser, track, sends } = await onLine({ state: 'IN_CALL', callId: 'call-1' });
  const other = microphone();
  browser.microphone = () => Promise.resolve(other.stream);
  track.readyState = 'ended';
  track.onended?.();
  await browser.pass(10);
  await lineUp(browser);
  expect(sends()).toBe(other.track);
});

test('the newest wish counts, however slowly the browser changes what it sends', async () => {
  const { browser, track, becomes, sends } = await onLine({ state: 'IDLE' });
  const slow: (() => void)[] = [];
  const sender = browser.connections[0]?.sender;
  if (!sender) throw new Error('no line');
  sender.replaceTrack = (next) =>
    new Promise((resolve) => {
      slow.push(() => {
        sender.track = next;
        resolve();
      });
    });
  await becomes({ state: 'IN_CALL', callId: 'call-1' });
  await becomes({ state: 'ACW' });
  await becomes({ state: 'DIALING', callId: 'call-2' });
  await becomes({ state: 'ACW' });
  expect(slow).toHaveLength(1);
  slow[0]?.();
  await settle();
  expect(sends()).toBe(track);
  slow[1]?.();
  await settle();
  expect(sends()).toBeNull();
  expect(slow).toHaveLength(2);
});

test('a browser that would not change what it sends gets a new line', async () => {
  const { browser, track, becomes, sends } = await onLine({ state: 'IDLE' });
  const sender = browser.connections[0]?.sender;
  if (sender) sender.replaceTrack = () => Promise.reject(new Error('no'));
  await becomes({ state: 'IN_CALL', callId: 'call-1' });
  await browser.pass(10);
  await lineUp(browser);
  expect(browser.connections).toHaveLength(2);
  expect(sends()).toBe(track);
});
