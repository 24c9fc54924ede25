import { expect, test } from 'vitest';
import { ACTION_NAMES, chordOf, clash, FIRST_KEYS, isTyping } from './keys';
import { matches } from './matches';

const press = (key: string, code: string, more = {}) =>
  chordOf({ key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

test('a chord is read by the place of its key, whatever the layout writes there', () => {
  expect(press('å', 'KeyA', { altKey: true })).toBe('Alt+A');
  expect(press('k', 'KeyK', { ctrlKey: true })).toBe('Mod+K');
  expect(press('k', 'KeyK', { metaKey: true })).toBe('Mod+K');
  expect(press('?', 'Slash', { shiftKey: true })).toBe('?');
  expect(press('Alt', 'AltLeft', { altKey: true })).toBeUndefined();
});

test('no first key writes into a field, but the question mark, which asks for help', () => {
  expect(ACTION_NAMES.filter((name) => isTyping(FIRST_KEYS[name]))).toEqual(['keyHelp']);
  expect(new Set(Object.values(FIRST_KEYS)).size).toBe(ACTION_NAMES.length);
});

test('a key that writes, that the browser owns, or that is taken, is refused', () => {
  expect(clash(FIRST_KEYS, 'answer', 'A')).toBe('typing');
  expect(clash(FIRST_KEYS, 'answer', 'Mod+C')).toBe('browser');
  expect(clash(FIRST_KEYS, 'answer', 'Alt+M')).toBe('mute');
  expect(clash(FIRST_KEYS, 'answer', 'Alt+Q')).toBeUndefined();
  expect(clash(FIRST_KEYS, 'answer', 'F8')).toBeUndefined();
});

test('the command bar finds by words of both languages in any order', () => {
  expect(matches('work start', ['上班', 'Start work'])).toBe(true);
  expect(matches('上班', ['上班', 'Start work'])).toBe(true);
  expect(matches('break', ['上班', 'Start work'])).toBe(false);
});
