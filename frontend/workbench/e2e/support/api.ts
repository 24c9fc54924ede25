import { until } from './wait';

export const PASSWORD = 'Ringmaster-demo-1';

export interface Phase {
  kind: string;
  startedAt: string;
  endedAt: string;
  ms: number;
}

export interface CallRecord {
  callId: string;
  direction: string;
  from: string;
  to: string;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string;
  endedBy: string;
  result: string;
  agent: { id: string; name: string } | null;
  group: { id: string; name: string } | null;
  phases: Phase[];
  ivrPath: string[];
  survey: number | null;
  source: string | null;
  remark: string | null;
  note: { category: string; result: string; text: string } | null;
  recording: { url: string; durationMs: number } | null;
}

/** The REST API as an integrator uses it. */
export class Api {
  private constructor(
    readonly base: string,
    readonly token: string,
  ) {}

  static async login(base: string, login: string): Promise<Api> {
    const answer = await fetch(`${base}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ instance: 'demo', login, password: PASSWORD }),
    });
    if (!answer.ok) throw new Error(`login ${login}: ${answer.status} ${await answer.text()}`);
    const { accessToken } = (await answer.json()) as { accessToken: string };
    return new Api(base, accessToken);
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.base}${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(init.headers as Record<string, string>),
      },
    });
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.fetch(path);
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async calls(number: string): Promise<CallRecord[]> {
    const page = await this.get<{ items: CallRecord[] }>(
      `/api/v1/calls?number=${encodeURIComponent(number)}`,
    );
    return page.items;
  }

  /** The finished record of the newest call from or to a number. */
  record(number: string, withinMs: number): Promise<CallRecord> {
    return until(`a record of ${number}`, withinMs, async () =>
      (await this.calls(number)).find((call) => call.endedAt),
    );
  }

  /** How many wait for Support, by the queue itself. */
  async waiting(): Promise<number> {
    const { groups } = await this.get<{
      groups: { id: string; waiting: number; filling: boolean }[];
    }>('/api/v1/queue');
    const support = groups.find((group) => group.id === 'grp_demo_support');
    if (support === undefined || support.filling) throw new Error('the queue is filling');
    return support.waiting;
  }
}

/** Every caller needs a number of its own, so that its record is found again. */
export function newNumber(): string {
  return `1${String(Date.now() % 1_000_000_000).padStart(9, '0')}${Math.floor(Math.random() * 10)}`;
}
