import { create } from 'zustand';
import { keep, readKept } from '@/ui/kept';

/** Everything the desk can do, by name. The words are in `actions/locales`. */
export const ACTION_NAMES = [
  'answer',
  'mute',
  'hold',
  'keypad',
  'hangup',
  'dial',
  'work',
  'break',
  'offWork',
  'cancelPending',
  'note',
  'commandBar',
  'keyHelp',
] as const;

export type ActionName = (typeof ACTION_NAMES)[number];

/** `Mod` is Ctrl, or ⌘ on a Mac. Alt keeps clear of typing; the key is told by its place, so that layouts do not matter. */
export const FIRST_KEYS: Record<ActionName, string> = {
  answer: 'Alt+A',
  mute: 'Alt+M',
  hold: 'Alt+H',
  keypad: 'Alt+K',
  hangup: 'Alt+X',
  dial: 'Alt+D',
  work: 'Alt+W',
  break: 'Alt+B',
  offWork: 'Alt+O',
  cancelPending: 'Alt+Z',
  note: 'Alt+N',
  commandBar: 'Mod+K',
  keyHelp: '?',
};

export type Keys = Record<ActionName, string>;

interface KeyStore {
  keys: Keys;
  change: (name: ActionName, chord: string) => void;
  restore: () => void;
}

const KEPT = 'ringmaster.keys';

/** The keys of this browser: the first ones, with the person's changes over them. */
export const useKeys = create<KeyStore>((set, get) => ({
  keys: { ...FIRST_KEYS, ...readChanges() },
  change(name, chord) {
    const keys = { ...get().keys, [name]: chord };
    keep('local', KEPT, JSON.stringify(keys));
    set({ keys });
  },
  restore() {
    keep('local', KEPT, null);
    set({ keys: FIRST_KEYS });
  },
}));

function readChanges(): Partial<Keys> {
  try {
    const kept = JSON.parse(readKept('local', KEPT) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      ACTION_NAMES.filter((name) => typeof kept[name] === 'string').map((name) => [
        name,
        kept[name],
      ]),
    );
  } catch {
    return {};
  }
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The chord of a key press, in the words of `FIRST_KEYS`; undefined while only modifiers are down. */
export function chordOf(event: Pressed): string | undefined {
  if (['Alt', 'Control', 'Meta', 'Shift', 'AltGraph'].includes(event.key)) return undefined;
  if (event.key === '?' && !event.altKey && !event.ctrlKey && !event.metaKey) return '?';
  const place =
    /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? /^F\d+$/.exec(event.key)?.[0] ?? event.key;
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ].filter((name) => name !== '');
  return [...modifiers, place.length === 1 ? place.toUpperCase() : place].join('+');
}

/** Would this chord write something, so that it can never be a shortcut? */
export function isTyping(chord: string): boolean {
  return !/^(?:Mod|Alt)\+/.test(chord) && !/^(?:Shift\+)?F\d+$/.test(chord);
}

/** Why a chord cannot be given to an action; undefined when it can. */
export function clash(
  keys: Keys,
  name: ActionName,
  chord: string,
): 'typing' | 'browser' | ActionName | undefined {
  if (isTyping(chord)) return 'typing';
  if (TAKEN_BY_BROWSERS.has(chord)) return 'browser';
  return ACTION_NAMES.find((other) => other !== name && keys[other] === chord);
}

const TAKEN_BY_BROWSERS = new Set(
  ['C', 'V', 'X', 'Z', 'A', 'T', 'W', 'N', 'R', 'L', 'F', 'P', 'S', 'Q']
    .map((letter) => `Mod+${letter}`)
    .concat([
      'F5',
      'F11',
      'F12',
      'Alt+F4',
      'Alt+ArrowLeft',
      'Alt+ArrowRight',
      'Alt+Tab',
      'Alt+F',
      'Alt+E',
    ]),
);

/** Is the focus where letters are written? */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** How a chord is shown on this machine. */
export function chordWords(chord: string): string {
  const mac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);
  return chord.replace('Mod', mac ? '⌘' : 'Ctrl').replace('Alt', mac ? '⌥' : 'Alt');
}
