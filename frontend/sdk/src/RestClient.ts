import { browserEnvironment } from './Environment';
import type { Me, QueueScreen } from './protocol';
import type {
  CallerId,
  CallPage,
  CallQuery,
  CallRecord,
  InstanceName,
  JournalLine,
  SystemStatus,
  Truth,
} from './records';
import { RingmasterError } from './RingmasterError';

const ANSWER_WITHIN_MS = 15_000;

export interface Login {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
}

export interface RestOptions {
  /** Origin of the node, empty for the page's own. */
  baseUrl: string;
  getToken?: () => string | undefined | Promise<string | undefined>;
  fetch?: typeof fetch;
}

/** `/api/v1`: every answer typed, every refusal a `RingmasterError` with the server's code. */
export class RestClient {
  constructor(private readonly options: RestOptions) {}

  login(instance: string, login: string, password: string): Promise<Login> {
    return this.json('POST', '/sessions', { instance, login, password });
  }

  /** The token is dead afterwards. */
  async logout(): Promise<void> {
    await this.request('DELETE', '/sessions');
  }

  instance(address: string): Promise<InstanceName> {
    return this.json('GET', `/instances/${encodeURIComponent(address)}`);
  }

  me(): Promise<Me> {
    return this.json('GET', '/me');
  }

  callers(): Promise<CallerId[]> {
    return this.json('GET', '/me/callers');
  }

  calls(query: CallQuery): Promise<CallPage> {
    return this.json('GET', `/calls${search(query)}`);
  }

  call(callId: string): Promise<CallRecord> {
    return this.json('GET', `/calls/${encodeURIComponent(callId)}`);
  }

  /** The two-channel recording: the customer left, the agent right. */
  async recording(callId: string, signal?: AbortSignal): Promise<Blob> {
    const answer = await this.request(
      'GET',
      `/calls/${encodeURIComponent(callId)}/recording`,
      undefined,
      signal,
      120_000,
    );
    return answer.blob();
  }

  journal(callId: string): Promise<JournalLine[]> {
    return this.json('GET', `/calls/${encodeURIComponent(callId)}/journal`);
  }

  /** Earlier calls of a number in time order. */
  async track(number: string): Promise<CallRecord[]> {
    const answer = await this.json<CallRecord[] | { items: CallRecord[] }>(
      'GET',
      `/track${search({ number })}`,
    );
    return Array.isArray(answer) ? answer : answer.items;
  }

  queue(): Promise<QueueScreen> {
    return this.json('GET', '/queue');
  }

  /** What the auditor has found; administrators only. */
  truth(): Promise<Truth> {
    return this.json('GET', '/truth');
  }

  system(): Promise<SystemStatus> {
    return this.json('GET', '/system');
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.request(method, path, body);
    return (await answer.json()) as T;
  }

  private async request(
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<Response> {
    const token = await this.options.getToken?.();
    const timeout = AbortSignal.timeout(withinMs);
    let answer: Response;
    try {
      answer = await (this.options.fetch ?? browserEnvironment().fetch)(
        `${this.options.baseUrl}/api/v1${path}`,
        {
          method,
          headers: {
            accept: 'application/json, audio/wav',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
          cache: 'no-store',
          credentials: 'omit',
        },
      );
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      throw new RingmasterError('NoConnection', 'The server cannot be reached.');
    }
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }
}

async function refusal(answer: Response): Promise<RingmasterError> {
  let said: { code?: string; message?: string; field?: string; requestId?: string } = {};
  try {
    said = (await answer.json()) as typeof said;
  } catch {
    // a proxy in between does not speak our problem format
  }
  return new RingmasterError(
    said.code ?? CODE_OF_STATUS[answer.status] ?? 'Fault',
    said.message ?? `HTTP ${String(answer.status)}`,
    {
      status: answer.status,
      field: said.field,
      requestId: said.requestId,
    },
  );
}

const CODE_OF_STATUS: Record<number, string> = {
  401: 'AUTH',
  403: 'Forbidden',
  404: 'NotFound',
  423: 'AccountLocked',
  429: 'TooManyRequests',
  502: 'Unavailable',
  503: 'Unavailable',
  504: 'Unavailable',
};

function search(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    if (value === undefined || value === null || value === '') continue;
    parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
