import { spec } from '@ringmaster/spec';
import { expect, test } from 'vitest';
import { openPhone } from './ringmaster';
import { BASE, connected } from './testing/connected';
import { agent, call, ScriptedBrowser } from './testing/scriptedServer';

test('the token travels in the first message and never in the address', async () => {
  const { first } = await connected();
  expect(first.url).toBe('ws://desk.example/api/v1/live');
  expect(first.sent[0]).toEqual({
    type: 'hello',
    token: 't-1',
    instance: 'demo',
    takeOver: false,
    listenOnly: false,
  });
});

test('connect waits for the first snapshot', async () => {
  const browser = new ScriptedBrowser();
  const phone = openPhone(BASE, browser.environment);
  let ready = false;
  void phone.ready.then(() => (ready = true));
  await browser.socket.open();
  expect(ready).toBe(false);
  await browser.socket.say({ type: 'snapshot', seq: 1, agent: agent() });
  expect(ready).toBe(true);
  expect(phone.view.agent?.state).toBe('OFF');
});

test('a command resolves when the server has journaled it and rejects with its code and field', async () => {
  const { browser, phone } = await connected();
  const saving = phone.saveNote('call-1', { category: '', result: 'solved', text: '' });
  const sent = browser.socket.commands()[0];
  expect(sent).toMatchObject({ name: 'saveNote', args: { callId: 'call-1', result: 'solved' } });
  await browser.socket.say({
    type: 'refused',
    id: sent?.id ?? '',
    code: 'InvalidArgument',
    message: 'Choose a category.',
    field: 'category',
  });
  await expect(saving).rejects.toMatchObject({
    code: 'InvalidArgument',
    message: 'Choose a category.',
    field: 'category',
  });

  const calling = phone.call('13800000001', { remark: 'back' });
  const second = browser.socket.commands()[1];
  await browser.socket.say({ type: 'done', id: second?.id ?? '', callId: 'call-9' });
  await expect(calling).resolves.toEqual({ callId: 'call-9' });
});

test('an unanswered command goes out again after a reconnect with the same key, an answered one does not', async () => {
  const { browser, phone, first } = await connected();
  const answered = phone.break('meal');
  await first.say({ type: 'done', id: first.commands()[0]?.id ?? '' });
  await answered;
  const open = phone.hangup('call-1');
  const key = first.commands()[1]?.id;
  await first.drop();
  await browser.pass(1_000);

  const second = browser.socket;
  expect(second).not.toBe(first);
  await second.open();
  expect(second.commands()).toEqual([]); // nothing before the server has greeted us
  await second.say({ type: 'resumed', seq: 10 });
  expect(second.commands().map(({ id, name }) => [id, name])).toEqual([[key, 'hangup']]);
  await second.say({ type: 'done', id: key ?? '' });
  await open;
});

test('a command that nobody answers rejects after 30 s', async () => {
  const { browser, phone } = await connected();
  const holding = phone.hold('call-1');
  const rejected = expect(holding).rejects.toMatchObject({ code: 'NoConnection' });
  await browser.pass(31_000);
  await rejected;
});

test('the snapshot is the state, numbered changes follow it, and an old one is ignored', async () => {
  const { browser, phone } = await connected();
  const states: string[] = [];
  phone.on('state', (state) => states.push(state.state));
  await browser.socket.say({
    type: 'change',
    of: 'agent',
    from: 10,
    seq: 11,
    agent: agent({ state: 'IDLE' }),
  });
  await browser.socket.say({
    type: 'change',
    of: 'agent',
    from: 9,
    seq: 10,
    agent: agent({ state: 'BREAK' }),
  });
  expect(states).toEqual(['IDLE']);
  expect(browser.socket.of('snapshot')).toEqual([]);
});

test('a gap in the numbers asks for a snapshot, once', async () => {
  const { browser, phone } = await connected();
  await browser.socket.say({
    type: 'change',
    of: 'agent',
    from: 12,
    seq: 13,
    agent: agent({ state: 'IDLE' }),
  });
  await browser.socket.say({
    type: 'change',
    of: 'agent',
    from: 15,
    seq: 16,
    agent: agent({ state: 'BREAK' }),
  });
  expect(browser.socket.of('snapshot')).toHaveLength(1);
  await browser.socket.say({ type: 'snapshot', seq: 17, agent: agent({ state: 'ACW' }) });
  expect(phone.view.agent?.state).toBe('ACW');
});

spec('AGT-015', 'a change that never came is noticed at the next sign of life', async () => {
  const { browser, phone } = await connected();
  await browser.socket.say({ type: 'alive', seq: 10 });
  expect(browser.socket.of('snapshot')).toHaveLength(0);
  await browser.socket.say({ type: 'alive', seq: 11 });
  expect(browser.socket.of('snapshot')).toHaveLength(1);
  await browser.socket.say({ type: 'snapshot', seq: 11, agent: agent({ state: 'ACW' }) });
  expect(phone.view.agent?.state).toBe('ACW');
});

spec('AGT-015', 'ten seconds of silence are a loss, and the state comes anew', async () => {
  const { browser, phone, first } = await connected({ audio: false });
  const seen: string[] = [];
  phone.on('connection', (connection) => seen.push(connection.socket));
  await browser.pass(5_000);
  expect(first.of('alive')).toHaveLength(1);
  await first.say({ type: 'alive', now: '2026-03-01T09:00:05.000Z' });
  await browser.pass(9_900);
  expect(seen).toEqual([]);
  await browser.pass(200);
  expect(seen).toEqual(['lost']);
  expect(first.closed).toBe(true);
  expect(phone.view.connection.nextTryAt).not.toBeNull();
  await browser.pass(1_000);
  expect(seen).toEqual(['lost', 'connecting']);
  await browser.socket.open();
  await browser.socket.say({ type: 'snapshot', seq: 12, agent: agent({ state: 'ACW' }) });
  expect(phone.view.agent?.state).toBe('ACW');
  expect(seen).toEqual(['lost', 'connecting', 'open']);
});

test('a hidden tab, whose timers sleep, still says alive when the server does', async () => {
  const { browser, first } = await connected();
  browser.at += 5_000; // no timer has run
  await first.say({ type: 'alive' });
  expect(first.of('alive')).toHaveLength(1);
  browser.at += 1_000;
  await first.say({ type: 'alive' });
  expect(first.of('alive')).toHaveLength(1);
});

test('tries come further and further apart, at most 8 s, and at once when the network is back', async () => {
  const { browser, first } = await connected();
  await first.drop();
  const waits: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const known = browser.sockets.length;
    const began = browser.at;
    while (browser.sockets.length === known) await browser.pass(25);
    waits.push(browser.at - began);
    await browser.socket.drop();
  }
  expect(waits[0]).toBeLessThan(300);
  expect(waits[3]).toBeGreaterThan(waits[1] ?? 0);
  expect(Math.max(...waits)).toBeLessThanOrEqual(8_000);
  const known = browser.sockets.length;
  browser.online();
  expect(browser.sockets.length).toBe(known + 1);
});

spec(
  ['AGT-014', 'AGT-012'],
  'a reload proves the same browser and takes no numbers with it',
  async () => {
    const browser = new ScriptedBrowser();
    const { first } = await connected({}, browser);
    await first.drop();
    const reloaded = openPhone(BASE, browser.environment);
    await browser.socket.open();
    expect(browser.socket.sent[0]).toMatchObject({
      resume: { token: 'r-1', seq: 0 },
      takeOver: false,
    });
    await browser.socket.say({
      type: 'resumed',
      seq: 10,
      session: { fence: 2, resumeToken: 'r-2' },
    });
    expect(browser.socket.of('snapshot')).toHaveLength(1);
    await browser.socket.say({
      type: 'snapshot',
      seq: 10,
      agent: agent({ state: 'IN_CALL' }),
      call: call(),
    });
    expect(reloaded.view.call?.phase).toBe('TALKING');
    expect(browser.stored.get('ringmaster.resume.demo')).toBe('r-2');
  },
);

test('a reconnect resumes from the last number and keeps the screen', async () => {
  const { browser, phone, first } = await connected();
  await first.say({
    type: 'change',
    of: 'agent',
    from: 10,
    seq: 11,
    agent: agent({ state: 'BREAK' }),
  });
  await first.drop();
  await browser.pass(1_000);
  await browser.socket.open();
  expect(browser.socket.sent[0]).toMatchObject({ resume: { token: 'r-1', seq: 11 } });
  await browser.socket.say({ type: 'resumed', seq: 11, session: { fence: 2, resumeToken: 'r-2' } });
  expect(phone.view.agent?.state).toBe('BREAK');
  expect(browser.socket.of('snapshot')).toEqual([]);
});

spec(
  'AGT-012',
  'another browser took over: told, closed, and nothing is sent any more',
  async () => {
    const { browser, phone, first } = await connected();
    const told: string[] = [];
    phone.on('superseded', ({ message }) => told.push(message));
    const open = phone.hold('call-1');
    const rejected = expect(open).rejects.toMatchObject({ code: 'SessionSuperseded' });
    await first.say({ type: 'superseded', message: 'Logged in elsewhere.' });
    await rejected;
    expect(told).toEqual(['Logged in elsewhere.']);
    expect(first.closed).toBe(true);
    await browser.pass(60_000);
    expect(browser.sockets).toHaveLength(1);
    await expect(phone.answer('call-1')).rejects.toMatchObject({ code: 'SessionSuperseded' });
    await expect(phone.startWork()).rejects.toMatchObject({ code: 'SessionSuperseded' });
    expect(browser.connections).toHaveLength(0);
    expect(browser.stored.size).toBe(0);
  },
);

spec(
  'AGT-012',
  'a login that needs a take-over says so, and takes over when the person agrees',
  async () => {
    const browser = new ScriptedBrowser();
    const phone = openPhone(BASE, browser.environment);
    const refused = expect(phone.ready).rejects.toMatchObject({ code: 'TakeOverRequired' });
    await browser.socket.open();
    await browser.socket.say({ type: 'refused', code: 'TakeOverRequired', message: 'In a call.' });
    await refused;
    await browser.pass(60_000);
    expect(browser.sockets).toHaveLength(1);

    openPhone({ ...BASE, takeOver: true }, browser.environment);
    await browser.socket.open();
    expect(browser.socket.sent[0]).toMatchObject({ takeOver: true });
  },
);

spec('ADM-005', 'a dead token ends the session; a fresh one is asked for once', async () => {
  const { phone, first, browser } = await connected();
  const errors: string[] = [];
  phone.on('error', ({ code }) => errors.push(code));
  await first.drop();
  await browser.pass(1_000);
  await browser.socket.open();
  await browser.socket.say({ type: 'refused', code: 'AUTH', message: 'Log in again.' });
  expect(errors).toEqual(['AUTH']);
  expect(phone.view.connection.socket).toBe('closed');

  const tokens = ['old', 'new'];
  const other = new ScriptedBrowser();
  openPhone({ ...BASE, getToken: () => tokens.shift() ?? 'none' }, other.environment);
  await other.socket.open();
  await other.socket.say({ type: 'refused', code: 'AUTH' });
  await other.socket.open();
  expect(other.sockets).toHaveLength(2);
  expect(other.socket.sent[0]).toMatchObject({ token: 'new' });
});

test('times are counted from the clock of the server', async () => {
  const { browser, phone, first } = await connected();
  await first.say({ type: 'alive', now: '2026-03-01T10:00:00.000Z' });
  expect(phone.now()).toBe(Date.parse('2026-03-01T10:00:00.000Z'));
  browser.at += 1_500;
  await first.say({ type: 'alive', now: '2026-03-01T10:00:01.000Z' }); // half a second on the way
  expect(phone.now()).toBe(Date.parse('2026-03-01T10:00:01.500Z'));
});

spec('INT-020', 'the level becomes events: ringing, connected, held, ended', async () => {
  const { phone, first } = await connected({ audio: false });
  const told: string[] = [];
  phone.on('ringing', (card) => told.push(`ringing ${card.from} until ${card.deadline ?? ''}`));
  phone.on('connected', ({ callId }) => told.push(`connected ${callId}`));
  phone.on('held', ({ callId }) => told.push(`held ${callId}`));
  phone.on('ended', ({ callId, endedBy }) => told.push(`ended ${callId} by ${endedBy ?? '?'}`));
  const card = { callId: 'call-1', direction: 'INBOUND' as const, from: '13800000001', to: '4001' };
  const ringing = agent({
    state: 'RINGING',
    callId: 'call-1',
    card,
    deadline: '2026-03-01T09:00:30.000Z',
  });
  await first.say({ type: 'change', of: 'agent', from: 10, seq: 11, agent: ringing });
  await first.say({
    type: 'change',
    of: 'agent',
    from: 11,
    seq: 12,
    agent: { ...ringing, sub: 'connecting' },
  });
  await first.say({
    type: 'change',
    of: 'agent',
    from: 12,
    seq: 13,
    agent: { ...ringing, state: 'IN_CALL' },
  });
  await first.say({ type: 'change', of: 'call', seq: 4, call: call({ phase: 'TALKING' }) });
  await first.say({ type: 'change', of: 'call', seq: 5, call: call({ phase: 'HELD' }) });
  await first.say({ type: 'change', of: 'call', seq: 4, call: call({ phase: 'TALKING' }) }); // late
  await first.say({
    type: 'change',
    of: 'call',
    seq: 6,
    call: call({ phase: 'ENDED', endedBy: 'CALLER' }),
  });
  await first.say({
    type: 'change',
    of: 'agent',
    from: 13,
    seq: 14,
    agent: agent({ state: 'ACW', callId: 'call-1' }),
  });
  expect(told).toEqual([
    'ringing 13800000001 until 2026-03-01T09:00:30.000Z',
    'connected call-1',
    'held call-1',
    'ended call-1 by CALLER',
  ]);
});
