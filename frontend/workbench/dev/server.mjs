// A scripted node for whoever works on the pages: speaks docs/live-protocol.md from memory and serves dist/.
// NOT the product and not shipped: no telephone behind it, everything in it is made up.
//   node dev/server.mjs [port]     then http://127.0.0.1:PORT/demo (any name, password "Ringmaster-demo-1")
//   POST /dev/call                 a caller comes in       POST /dev/agent {…}  sets fields of the agent's screen
//   POST /dev/queue {"waiting":3}  people wait             POST /dev/cut        cuts every socket for 6 s
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acceptWebSocket } from './webSocketServer.mjs';
import { callRecords, recording } from './records.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const now = () => new Date().toISOString();
const sessions = new Set();
let cutUntil = 0;
let seq = 10;
let fence = 0;
let calls = 0;
let waiting = 0;
let groups = [
  { id: 'support', name: '客服组', nameEn: 'Support' },
  { id: 'sales', name: '销售组', nameEn: 'Sales' },
];
let call = null;
let agent = {
  agentId: 'alice',
  state: 'OFF',
  sub: null,
  cause: 'login',
  reason: null,
  since: now(),
  deadline: null,
  pending: null,
  connection: 'CONNECTED',
  line: 'NONE',
  autoAnswer: false,
  groups,
  callId: null,
  card: null,
  note: null,
  notice: null,
  actions: ['startWork'],
};
const records = callRecords();
let truth = { checked: 41_233, contradictions: [], healed: [], ageMs: 800, stale: false };

const ACTIONS = {
  OFF: ['startWork'],
  IDLE: ['break', 'offWork', 'call'],
  BREAK: ['continueWork', 'offWork', 'call'],
  RINGING: ['answer', 'break', 'offWork'],
  DIALING: ['hangup'],
  IN_CALL: ['hangup', 'hold', 'resume', 'mute', 'sendDtmf', 'break', 'offWork', 'saveNote'],
  ACW: ['continueWork', 'saveNote', 'break', 'offWork', 'call'],
};

function setAgent(part) {
  const state = part.state ?? agent.state;
  agent = {
    ...agent,
    ...part,
    ...(part.state && part.state !== agent.state && !part.since ? { since: now() } : {}),
    line: state === 'OFF' ? 'NONE' : 'UP',
    actions: part.actions ?? [
      ...ACTIONS[state],
      ...((part.pending ?? agent.pending) ? ['cancelPending'] : []),
    ],
  };
  seq += 1;
  for (const session of sessions)
    session.send({ type: 'change', of: 'agent', from: seq - 1, seq, now: now(), agent });
}

let callSeq = 0;
function setCall(part) {
  call = part && { ...(call ?? {}), ...part };
  callSeq += 1;
  for (const session of sessions)
    session.send({ type: 'change', of: 'call', seq: callSeq, now: now(), call });
}

function queueMessage() {
  const since = (index) => new Date(Date.now() - 8_000 * (index + 1)).toISOString();
  return {
    type: 'queue',
    now: now(),
    asOf: now(),
    groups: groups.map((group, place) => ({
      ...group,
      waiting: place === 0 ? waiting : 0,
      longestSince: place === 0 && waiting > 0 ? since(waiting - 1) : null,
      filling: false,
      agents: { [agent.state]: 1, IDLE: place === 0 ? 2 : 1, IN_CALL: 3, BREAK: 1, OFF: 4 },
      callers: Array.from({ length: place === 0 ? waiting : 0 }, (_, i) => ({
        callId: `w-${i}`,
        from: `1380013800${i}`,
        since: since(i),
        priority: 0,
        state: i === waiting - 1 ? 'offered' : 'waiting',
        agent: i === waiting - 1 ? 'Bob' : null,
      })),
    })),
  };
}

function comeIn() {
  calls += 1;
  const callId = `call-${calls}`;
  const card = {
    callId,
    direction: 'INBOUND',
    from: '13857112233',
    to: '4001000001',
    displayName: '王芳',
    area: '浙江 杭州',
    ivrPath: ['主菜单', '1 客服'],
    group: 'support',
    groupName: '客服组',
    why: '空闲时间最长（共 3 人可接）',
    waitedMs: 12_000,
  };
  setAgent({
    state: 'RINGING',
    callId,
    card,
    deadline: new Date(Date.now() + 30_000).toISOString(),
    cause: null,
    note: null,
    notice: null,
  });
}

function endCall(endedBy) {
  const { card, callId } = agent;
  setCall({ phase: 'ENDED', endedBy, result: 'SUCCESS' });
  records.unshift({
    ...records[0],
    callId,
    ...(card ?? {}),
    startedAt: agent.since,
    endedAt: now(),
    note: null,
    result: 'SUCCESS',
  });
  setAgent({ state: 'ACW', sub: null, cause: 'wrapUp', note: agent.note });
}

const COMMANDS = {
  startWork: () => setAgent({ state: 'IDLE', cause: 'manual' }),
  break: ({ reason }) =>
    agent.state === 'IN_CALL' || agent.state === 'RINGING'
      ? setAgent({ pending: { off: false, reason } })
      : setAgent({ state: 'BREAK', cause: 'manual', reason, card: null, callId: null, note: null }),
  offWork: () =>
    agent.state === 'IN_CALL'
      ? setAgent({ pending: { off: true } })
      : setAgent({ state: 'OFF', cause: 'manual', card: null, callId: null, note: null }),
  continueWork: () => {
    if (agent.state === 'ACW' && agent.note?.required && !agent.note.saved) return 'WrapUpRequired';
    return setAgent({
      state: 'IDLE',
      cause: 'manual',
      callId: null,
      card: null,
      note: null,
      reason: null,
    });
  },
  cancelPending: () => setAgent({ pending: null }),
  answer: ({ callId }) => {
    if (agent.callId !== callId) return 'CallGone';
    call = null;
    setAgent({
      state: 'IN_CALL',
      sub: 'talking',
      deadline: null,
      note: { callId, required: true, saved: false, category: '', result: '', text: '' },
    });
    return setCall({
      callId,
      direction: 'INBOUND',
      phase: 'TALKING',
      startedAt: now(),
      answeredAt: now(),
      muted: false,
      recording: true,
      quality: { lossPercent: 0.2, jitterMs: 4, rttMs: 21 },
    });
  },
  hangup: () => endCall('AGENT'),
  hold: () => (setCall({ phase: 'HELD' }), setAgent({ sub: 'held' })),
  resume: () => (setCall({ phase: 'TALKING' }), setAgent({ sub: 'talking' })),
  mute: ({ on }) => setCall({ muted: on }),
  sendDtmf: () => undefined,
  saveNote: (note) => setAgent({ note: { ...agent.note, ...note, saved: true } }),
  autoAnswer: ({ on }) => setAgent({ autoAnswer: on }),
  call: ({ number, callerId, remark }) => {
    if (!/^\d{3,}$/.test(number)) return 'InvalidNumber';
    calls += 1;
    const callId = `call-${calls}`;
    const card = {
      callId,
      direction: 'OUTBOUND',
      from: callerId,
      to: number,
      displayName: null,
      area: '北京',
      remark,
    };
    call = null;
    setAgent({ state: 'DIALING', callId, card, note: null });
    setCall({
      callId,
      direction: 'OUTBOUND',
      phase: 'DIALING',
      progress: 'ringing',
      startedAt: now(),
      recording: false,
    });
    return { callId };
  },
};

function live(request, socket) {
  const session = acceptWebSocket(
    request,
    socket,
    (text) => {
      const message = JSON.parse(text);
      if (message.type === 'hello') {
        fence += 1;
        sessions.add(session);
        session.send({
          ...snapshot(),
          session: { fence, resumeToken: `r-${fence}` },
          me,
          ice: { iceServers: [] },
        });
        session.send(queueMessage());
      }
      if (message.type === 'snapshot') session.send(snapshot());
      if (message.type === 'line')
        session.send({ type: 'done', id: message.id, now: now(), sdp: 'v=0', lineId: 'line-1' });
      if (message.type === 'command') {
        const result = COMMANDS[message.name]?.(message.args) ?? {};
        if (typeof result === 'string')
          session.send({ type: 'refused', id: message.id, code: result, message: result });
        else session.send({ ...result, type: 'done', id: message.id, now: now() });
      }
    },
    () => sessions.delete(session),
  );
}

const snapshot = () => ({ type: 'snapshot', seq, now: now(), agent, call });
const me = {
  agentId: 'alice',
  login: 'alice@demo.example',
  displayName: 'Alice',
  realName: '李娜',
  roles: ['agent', 'admin'],
  rights: ['workbench', 'queue.all', 'calls.all', 'system'],
  department: '客户服务部',
  businessUnit: '华东',
  groups,
  instance: {
    id: 'ccc_demo_00000001',
    address: 'demo',
    name: '演示实例 Demo',
    zone: 'Asia/Shanghai',
  },
  settings: { autoAnswer: false },
};

const ROUTES = [
  [
    'POST',
    /^\/api\/v1\/sessions$/,
    (_m, _u, body) =>
      body.password === 'Ringmaster-demo-1'
        ? { accessToken: 'dev', expiresIn: 43200 }
        : body.password === 'locked'
          ? [423, 'AccountLocked']
          : [401, 'LoginFailed'],
  ],
  ['DELETE', /^\/api\/v1\/sessions$/, () => ({})],
  [
    'GET',
    /^\/api\/v1\/instances\/(.+)$/,
    ([, address]) => (address === 'demo' ? me.instance : [404, 'NotFound']),
  ],
  ['GET', /^\/api\/v1\/me$/, () => me],
  [
    'GET',
    /^\/api\/v1\/me\/callers$/,
    () => [
      { number: '057100000001', description: 'Demo line', area: '杭州' },
      { number: '4001000001', description: 'Hotline', area: null },
    ],
  ],
  ['GET', /^\/api\/v1\/calls\/([^/]+)\/recording$/, () => recording()],
  [
    'GET',
    /^\/api\/v1\/calls\/([^/]+)$/,
    ([, id]) => records.find((record) => record.callId === id) ?? [404, 'NotFound'],
  ],
  [
    'GET',
    /^\/api\/v1\/calls$/,
    (_m, url) => {
      const page = Number(url.searchParams.get('page') ?? 1);
      const q = url.searchParams.get('q') ?? '';
      const direction = url.searchParams.get('direction');
      const found = records.filter(
        (record) =>
          (record.from + record.to + record.displayName).includes(q) &&
          (!direction || record.direction === direction),
      );
      return {
        page,
        size: 20,
        total: found.length,
        items: found.slice((page - 1) * 20, page * 20),
      };
    },
  ],
  [
    'GET',
    /^\/api\/v1\/track$/,
    (_m, url) =>
      records
        .filter((record) => [record.from, record.to].includes(url.searchParams.get('number')))
        .slice(0, 8),
  ],
  ['GET', /^\/api\/v1\/queue$/, () => queueMessage()],
  [
    'GET',
    /^\/api\/v1\/system$/,
    () => ({
      telephony: { active: 'sip', simulatedCarrier: true, carrierUrl: 'http://127.0.0.1:1/' },
      version: 'dev',
      node: 'scripted',
    }),
  ],
  ['GET', /^\/api\/v1\/truth$/, () => ({ ...truth, asOf: now() })],
  ['POST', /^\/dev\/truth$/, (_m, _u, body) => ((truth = { ...truth, ...body }), {})],
  ['POST', /^\/dev\/call$/, () => (comeIn(), {})],
  ['POST', /^\/dev\/gone$/, () => (endCall('CALLER'), {})],
  [
    'POST',
    /^\/dev\/missed$/,
    () => (
      setAgent({
        state: 'BREAK',
        cause: 'noAnswer',
        callId: null,
        card: null,
        notice: { code: 'OfferMissed', at: now() },
      }),
      {}
    ),
  ],
  ['POST', /^\/dev\/agent$/, (_m, _u, body) => (setAgent(body), {})],
  ['POST', /^\/dev\/callscreen$/, (_m, _u, body) => (setCall(body), {})],
  ['POST', /^\/dev\/queue$/, (_m, _u, body) => ((waiting = body.waiting), {})],
  [
    'POST',
    /^\/dev\/superseded$/,
    () => (sessions.forEach((session) => session.send({ type: 'superseded', now: now() })), {}),
  ],
  [
    'POST',
    /^\/dev\/cut$/,
    () => ((cutUntil = Date.now() + 6_000), sessions.forEach((session) => session.close()), {}),
  ],
];

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://dev');
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    for (const [method, path, answer] of ROUTES) {
      const match = path.exec(url.pathname);
      if (!match || method !== request.method) continue;
      const result = answer(match, url, text ? JSON.parse(text) : {});
      if (Buffer.isBuffer(result))
        return response.writeHead(200, { 'content-type': 'audio/wav' }).end(result);
      const refused = Array.isArray(result) && typeof result[0] === 'number';
      response.writeHead(refused ? result[0] : 200, { 'content-type': 'application/json' });
      return response.end(
        JSON.stringify(
          refused ? { code: result[1], message: result[1], requestId: 'dev' } : result,
        ),
      );
    }
    const file = join(dist, normalize(url.pathname));
    const known = extname(file) !== '' && existsSync(file);
    response.writeHead(200, {
      'content-type': known ? (TYPES[extname(file)] ?? 'application/octet-stream') : TYPES['.html'],
    });
    return response.end(readFileSync(known ? file : join(dist, 'index.html')));
  });
});
server.on('upgrade', (request, socket) =>
  Date.now() < cutUntil ? socket.destroy() : live(request, socket),
);
setInterval(() => {
  for (const session of sessions) session.send(queueMessage());
}, 1_000).unref();
setInterval(() => {
  for (const session of sessions) session.send({ type: 'alive', now: now(), seq });
}, 5_000).unref();
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`scripted node (not the product) http://127.0.0.1:${server.address().port}/demo`);
});
