import { readFileSync } from 'node:fs';
import type { AgentScreen, ServerMessage } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepToken } from '@/session/session';
import { ME, screenOf } from '@/testing/scriptedPhone';
import { App } from './App';
import { startWords } from './i18n';

const sockets: PageSocket[] = [];

/** The other end of the page's own WebSocket. */
class PageSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  sent: { type: string; takeOver?: boolean; listenOnly?: boolean }[] = [];

  constructor() {
    sockets.push(this);
    setTimeout(() => this.onopen?.());
  }

  send(text: string) {
    this.sent.push(JSON.parse(text) as (typeof this.sent)[number]);
  }

  close() {
    // nothing to let go of
  }

  say(message: ServerMessage) {
    act(() => {
      this.onmessage?.({ data: JSON.stringify(message) });
    });
  }

  greet(agent: Partial<AgentScreen> = {}) {
    this.say({ type: 'snapshot', seq: 1, me: ME, agent: screenOf(agent), call: null });
  }
}

let me = ME;

beforeEach(() => {
  sockets.length = 0;
  me = ME;
  vi.stubGlobal('WebSocket', PageSocket);
  vi.stubGlobal('fetch', (input: string) => {
    const path = input.split('/api/v1')[1] ?? '';
    const answers: Record<string, unknown> = {
      '/me': me,
      '/me/callers': [],
      '/system': { telephony: { active: 'sip', simulatedCarrier: true } },
      '/instances/demo': ME.instance,
      '/queue': { asOf: '2026-03-01T09:00:00.000Z', groups: [] },
    };
    return Promise.resolve(
      Response.json(answers[path] ?? { items: [], total: 0, page: 1, size: 20 }),
    );
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  window.history.replaceState(null, '', '/');
});

async function open(path: string, loggedIn = true) {
  if (loggedIn) keepToken('demo', 'token-1');
  window.history.replaceState(null, '', path);
  if (!i18next.isInitialized) startWords();
  await i18next.changeLanguage('en');
  render(<App />);
}

/** The newest socket, once the page has said hello. */
async function greeted(): Promise<PageSocket> {
  await vi.waitFor(
    () => {
      expect(sockets.at(-1)?.sent[0]?.type).toBe('hello');
    },
    { timeout: 10_000 },
  );
  const socket = sockets.at(-1);
  if (!socket) throw new Error('the page opened no socket');
  return socket;
}

const TIMEOUT = { timeout: 10_000 };

spec('AGT-019', 'without a login the address of an instance shows its login', async () => {
  await open('/demo', false);
  expect(await screen.findByTestId('login-name', undefined, TIMEOUT)).toBeInTheDocument();
  expect(window.location.pathname).toBe('/demo/login');
});

spec(
  ['ADM-006', 'AGT-019'],
  'an agent sees desk, records and settings, and a direct address beyond is a 403 page',
  async () => {
    await open('/demo/queue');
    (await greeted()).greet();
    expect(await screen.findByTestId('forbidden-page', undefined, TIMEOUT)).toBeInTheDocument();
    expect(screen.getByTestId('nav-desk')).toBeInTheDocument();
    expect(screen.getByTestId('nav-calls')).toBeInTheDocument();
    expect(screen.queryByTestId('nav-queue')).toBeNull();
  },
);

spec(
  'ADM-006',
  'an administrator who is no agent only listens, and lands where there is something to see',
  async () => {
    me = { ...ME, roles: ['admin'], rights: ['queue.all'] };
    await open('/demo/queue');
    const socket = await greeted();
    expect(socket.sent[0]).toMatchObject({ listenOnly: true });
    socket.say({ type: 'snapshot', seq: 0 });
    expect(await screen.findByTestId('queue-board', undefined, TIMEOUT)).toBeInTheDocument();
    expect(screen.queryByTestId('nav-desk')).toBeNull();
    expect(screen.queryByTestId('state-pill')).toBeNull();
  },
);

spec(
  'AGT-012',
  'a session in another browser is taken over only when the person says so',
  async () => {
    const person = userEvent.setup({ delay: null });
    await open('/demo');
    (await greeted()).say({ type: 'refused', code: 'TakeOverRequired', message: 'in a call' });
    expect(await screen.findByTestId('takeover-dialog', undefined, TIMEOUT)).toBeInTheDocument();
    await person.click(screen.getByTestId('takeover-confirm'));
    await vi.waitFor(() => {
      expect(sockets.at(-1)?.sent[0]).toMatchObject({ takeOver: true });
    });
  },
);

spec('AGT-012', 'the browser that lost its session says so and offers nothing else', async () => {
  await open('/demo');
  const socket = await greeted();
  socket.greet({ state: 'IDLE' });
  expect(await screen.findByTestId('state-pill', undefined, TIMEOUT)).toHaveAttribute(
    'data-state',
    'IDLE',
  );
  socket.say({ type: 'superseded' });
  expect(screen.getByTestId('superseded-page')).toHaveTextContent('Logged in elsewhere');
  expect(screen.queryByTestId('state-pill')).toBeNull();
});

spec('ADM-005', 'a login that has ended leads back to the door and says why', async () => {
  await open('/demo');
  (await greeted()).say({ type: 'refused', code: 'AUTH', message: 'no' });
  expect(
    await screen.findByText(/An unsaved note is kept/, undefined, TIMEOUT),
  ).toBeInTheDocument();
  expect(window.location.pathname).toBe('/demo/login');
});

spec(
  'AGT-020',
  'the profile shows account, department, business unit and skill groups',
  async () => {
    const person = userEvent.setup({ delay: null });
    await open('/demo');
    (await greeted()).greet();
    await person.click(await screen.findByTestId('profile-button', undefined, TIMEOUT));
    const card = await screen.findByTestId('profile-card');
    for (const fact of ['alice@demo.example', 'Service', 'East', 'Support'])
      expect(card).toHaveTextContent(fact);
  },
);

spec('AGT-024', 'auto-answer shows what the server has, not what was pressed', async () => {
  const person = userEvent.setup({ delay: null });
  await open('/demo/settings');
  const socket = await greeted();
  socket.greet();
  const toggle = await screen.findByTestId('auto-answer', undefined, TIMEOUT);
  await person.click(toggle);
  expect(socket.sent.at(-1)).toMatchObject({ name: 'autoAnswer', args: { on: true } });
  expect(toggle).toHaveAttribute('aria-checked', 'false');
  socket.say({
    type: 'change',
    of: 'agent',
    from: 1,
    seq: 2,
    agent: screenOf({ autoAnswer: true }),
  });
  expect(toggle).toHaveAttribute('aria-checked', 'true');
});

spec(
  'AGT-023',
  'a call rings on the screen of whoever looks elsewhere, and a click comes back here',
  async () => {
    const shown: { title: string; body: string; onclick: (() => void) | null; closed: boolean }[] =
      [];
    class Shown {
      static permission = 'granted';
      onclick: (() => void) | null = null;
      closed = false;
      body: string;
      constructor(
        readonly title: string,
        options: { body: string },
      ) {
        this.body = options.body;
        shown.push(this);
      }
      close() {
        this.closed = true;
      }
    }
    vi.stubGlobal('Notification', Shown);
    const focus = vi.spyOn(window, 'focus').mockImplementation(() => undefined);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    await open('/demo');
    const socket = await greeted();
    socket.greet({ state: 'IDLE' });
    await screen.findByTestId('state-pill', undefined, TIMEOUT);
    const card = {
      callId: 'c',
      direction: 'INBOUND' as const,
      from: '13857112233',
      to: '4001',
      area: 'Hangzhou',
    };
    socket.say({
      type: 'change',
      of: 'agent',
      from: 1,
      seq: 2,
      agent: screenOf({ state: 'RINGING', callId: 'c', card }),
    });
    expect(shown.map(({ title }) => title)).toEqual(['Call: 13857112233']);
    expect(shown[0]?.body).toContain('Hangzhou');
    shown[0]?.onclick?.();
    expect(focus).toHaveBeenCalled();
    expect(shown[0]?.closed).toBe(true);
    vi.restoreAllMocks();
  },
);

test('the page changes its language with one press and says that callers are simulated', async () => {
  const person = userEvent.setup({ delay: null });
  await open('/demo');
  (await greeted()).greet();
  expect(await screen.findByTestId('simulated-carrier', undefined, TIMEOUT)).toHaveTextContent(
    'Simulated carrier',
  );
  await person.click(screen.getByTestId('lang-switch'));
  expect(await screen.findByText('模拟运营商')).toBeInTheDocument();
  expect(document.documentElement.lang).toBe('zh-CN');
});

spec('AGT-019', 'a Chrome that is too old is told so in both languages', () => {
  const script = readFileSync('public/browser-check.js', 'utf8');
  const check = (userAgent: string) => {
    document.getElementById('browser-notice')?.remove();
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- a plain script, run as the page runs it
    new Function('navigator', script)({ userAgent });
    return document.getElementById('browser-notice')?.textContent ?? '';
  };
  expect(check('Mozilla/5.0 Chrome/84.0.4147.89 Safari/537.36')).toMatch(
    /请使用 Chrome 85.*84.*Please open/,
  );
  expect(check('Mozilla/5.0 Chrome/85.0.4183.83 Safari/537.36')).toBe('');
});
