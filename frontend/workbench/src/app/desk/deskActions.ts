import type { AgentAction, AgentScreen, CallScreen } from '@ringmaster/sdk';
import type { Action, Actions } from '@/actions/ActionsContext';
import type { ActionName } from '@/actions/keys';
import type { zh } from '../locales/zh';

export type WhyNot = keyof typeof zh.whyNot;

/** What the actions need of the world; a test hands in its own. */
export interface DeskWorld {
  agent: AgentScreen | undefined;
  call: CallScreen | undefined;
  online: boolean;
  words: (why: WhyNot) => string;
  phone: {
    startWork: () => Promise<unknown>;
    continueWork: () => Promise<unknown>;
    offWork: () => Promise<unknown>;
    cancelPending: () => Promise<unknown>;
    answer: () => Promise<unknown>;
    hangup: () => Promise<unknown>;
    hold: () => Promise<unknown>;
    resume: () => Promise<unknown>;
    mute: (on: boolean) => Promise<unknown>;
  };
  ask: (name: string, run: () => Promise<unknown>) => void;
  ui: {
    toggleKeypad: () => void;
    toggleDial: () => void;
    openBreak: () => void;
    focusNote: () => void;
    openCommands: () => void;
    openHelp: () => void;
  };
}

/** Everything the desk can do, each once: behind its button, its key and its line in the command bar (AGT-021). */
export function deskActions(world: DeskWorld): Actions {
  const { agent, call, phone, ui } = world;
  const state = agent?.state ?? 'OFF';
  const may = (action: AgentAction) => world.online && agent?.actions?.includes(action) === true;
  const inCall = state === 'IN_CALL';
  const held = call?.phase === 'HELD' || agent?.sub === 'held';
  const noteLacks = state === 'ACW' && agent?.note?.required === true && !agent.note.saved;

  const action = (
    name: ActionName,
    enabled: boolean,
    why: WhyNot,
    perform: () => void,
    variant?: string,
  ): Action => ({
    name,
    enabled,
    ...(enabled ? {} : { whyNot: world.words(world.online ? why : 'offline') }),
    ...(variant ? { variant } : {}),
    perform,
  });
  const asked = (name: ActionName, run: () => Promise<unknown>) => () => {
    world.ask(name, run);
  };
  const offDutyOr = (why: WhyNot): WhyNot => (state === 'OFF' ? 'offDuty' : why);

  return {
    answer: action('answer', may('answer'), offDutyOr('noCall'), asked('answer', phone.answer)),
    mute: action(
      'mute',
      may('mute'),
      offDutyOr('noCall'),
      asked('mute', () => phone.mute(call?.muted !== true)),
      call?.muted ? 'unmute' : undefined,
    ),
    hold: action(
      'hold',
      held ? may('resume') : may('hold'),
      offDutyOr('noCall'),
      asked('hold', held ? phone.resume : phone.hold),
      held ? 'resume' : undefined,
    ),
    keypad: action('keypad', inCall && may('sendDtmf'), offDutyOr('noCall'), ui.toggleKeypad),
    hangup: action(
      'hangup',
      may('hangup'),
      state === 'RINGING' ? 'ringing' : offDutyOr('noCall'),
      asked('hangup', phone.hangup),
      state === 'DIALING' ? 'cancelDial' : undefined,
    ),
    dial: action('dial', may('call'), offDutyOr('state'), ui.toggleDial),
    work:
      state === 'OFF'
        ? action(
            'work',
            may('startWork'),
            agent?.groups?.length === 0 ? 'noGroup' : 'state',
            asked('work', phone.startWork),
          )
        : action(
            'work',
            may('continueWork') && !noteLacks,
            noteLacks ? 'saveNote' : 'onDuty',
            asked('work', phone.continueWork),
            state === 'BREAK' ? 'backOnLine' : state === 'ACW' ? 'continue' : undefined,
          ),
    break: action('break', may('break'), noteLacks ? 'saveNote' : offDutyOr('state'), ui.openBreak),
    offWork: action(
      'offWork',
      may('offWork'),
      noteLacks ? 'saveNote' : offDutyOr('state'),
      asked('offWork', phone.offWork),
    ),
    cancelPending: action(
      'cancelPending',
      may('cancelPending'),
      'noPending',
      asked('cancelPending', phone.cancelPending),
    ),
    note: action(
      'note',
      agent?.note !== null && agent?.note !== undefined,
      offDutyOr('noCall'),
      ui.focusNote,
    ),
    commandBar: action('commandBar', true, 'state', ui.openCommands),
    keyHelp: action('keyHelp', true, 'state', ui.openHelp),
  };
}
