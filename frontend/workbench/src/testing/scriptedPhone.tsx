import {
  openPhone,
  RestClient,
  type AgentScreen,
  type CallScreen,
  type Me,
  type Phone,
  type ServerMessage,
} from '@ringmaster/sdk';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { App as AntApp } from 'antd';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { ActionsContext } from '@/actions/ActionsContext';
import { useKeyListener } from '@/actions/useKeyListener';
import { startWords } from '@/app/i18n';
import { useDeskActions } from '@/app/desk/useDeskActions';
import { PhoneContext } from '@/phone/PhoneContext';
import { SessionContext } from '@/session/SessionContext';

export const ME: Me = {
  agentId: 'alice',
  login: 'alice@demo.example',
  displayName: 'Alice',
  roles: ['agent'],
  rights: ['workbench'],
  department: 'Service',
  businessUnit: 'East',
  groups: [{ id: 'support', name: '客服组', nameEn: 'Support' }],
  instance: { id: 'ccc_1', address: 'demo', name: 'Demo', zone: 'UTC' },
};

/** A real phone whose server is the test: what the page shows is what these messages say. */
export class ScriptedPhone {
  readonly phone: Phone;
  /** What the page has asked, oldest first. */
  readonly commands: { id: string; name: string; args: Record<string, unknown> }[] = [];
  private seq = 1;
  private callSeq = 0;
  private socket:
    | { onmessage: ((event: { data: unknown }) => void) | null; onclose: (() => void) | null }
    | undefined;
  answer: (path: string) => unknown = () => [];
  asked: string[] = [];

  constructor(agent: Partial<AgentScreen>, call?: CallScreen) {
    this.phone = openPhone(
      {
        baseUrl: 'http://desk.example',
        instanceId: 'demo',
        token: 't',
        audio: false,
        sounds: false,
      },
      {
        openSocket: () => {
          const socket = {
            onopen: null as (() => void) | null,
            onmessage: null as ((event: { data: unknown }) => void) | null,
            onclose: null as (() => void) | null,
            onerror: null,
            send: (text: string) => {
              const message = JSON.parse(text) as { type: string; id: string; name: string };
              if (message.type === 'command')
                this.commands.push(message as unknown as (typeof this.commands)[number]);
            },
            close: () => undefined,
          };
          this.socket = socket;
          return socket;
        },
        fetch: (input) => {
          const path = (input as string).replace('http://desk.example/api/v1', '');
          this.asked.push(path);
          return Promise.resolve(Response.json(this.answer(path)));
        },
      },
    );
    this.hear({
      type: 'snapshot',
      seq: this.seq,
      me: ME,
      agent: screenOf(agent),
      call: call ?? null,
      now: new Date().toISOString(),
    });
  }

  agent(part: Partial<AgentScreen>): void {
    this.seq += 1;
    this.hear({
      type: 'change',
      of: 'agent',
      from: this.seq - 1,
      seq: this.seq,
      agent: { ...(this.phone.view.agent ?? screenOf({})), ...part },
    });
  }

  call(call: CallScreen | null): void {
    this.callSeq += 1;
    this.hear({ type: 'change', of: 'call', seq: this.callSeq, call });
  }

  hear(message: ServerMessage): void {
    act(() => {
      this.socket?.onmessage?.({ data: JSON.stringify(message) });
    });
  }

  drop(): void {
    act(() => {
      this.socket?.onclose?.();
    });
  }

  /** Answers the newest command. */
  async done(more: Record<string, unknown> = {}): Promise<void> {
    const id = this.commands.at(-1)?.id ?? '';
    await act(async () => {
      this.socket?.onmessage?.({ data: JSON.stringify({ ...more, type: 'done', id }) });
      await Promise.resolve();
    });
  }

  async refuse(code: string): Promise<void> {
    const id = this.commands.at(-1)?.id ?? '';
    await act(async () => {
      this.socket?.onmessage?.({ data: JSON.stringify({ type: 'refused', id, code }) });
      await Promise.resolve();
    });
  }
}

export function screenOf(part: Partial<AgentScreen>): AgentScreen {
  return {
    agentId: 'alice',
    state: 'OFF',
    since: new Date().toISOString(),
    line: 'UP',
    groups: ME.groups,
    actions: [],
    ...part,
  };
}

/** Draws a part of the desk with that phone, in the language asked for. */
export function draw(scripted: ScriptedPhone, part: ReactNode, language: 'zh' | 'en' = 'en') {
  if (!i18next.isInitialized) startWords();
  void i18next.changeLanguage(language);
  const rest = new RestClient({
    baseUrl: 'http://desk.example',
    fetch: (input) => {
      const path = (input as string).replace('http://desk.example/api/v1', '');
      scripted.asked.push(path);
      return Promise.resolve(Response.json(scripted.answer(path)));
    },
  });
  const session = { address: 'demo', me: ME, rest, logOut: () => Promise.resolve() };
  return render(
    <AntApp>
      <QueryClientProvider
        client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
      >
        <SessionContext value={session}>
          <PhoneContext value={scripted.phone}>
            <WithActions>{part}</WithActions>
          </PhoneContext>
        </SessionContext>
      </QueryClientProvider>
    </AntApp>,
  );
}

function WithActions(props: { children: ReactNode }) {
  const actions = useDeskActions();
  useKeyListener(actions);
  return <ActionsContext value={actions}>{props.children}</ActionsContext>;
}
