import type { WordsLike } from '@/i18n/words';
import type { zh } from './zh';

export const en: WordsLike<typeof zh> = {
  title: 'Settings',
  hotline: 'Hotline',
  display: 'Display',
  sound: 'Sound',
  keys: 'Keys',
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  autoAnswer: 'Auto-answer',
  ring: 'Ring volume',
  ringTest: 'Listen',
  keysHint: 'They work on every page and never write. Press “Change”, then the new keys.',
};
