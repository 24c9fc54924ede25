import i18next from 'i18next';
import { keep, readKept } from '@/ui/kept';

export type Language = 'zh' | 'en';

const KEY = 'ringmaster.language';

/** What was chosen, else what the browser asks for, else Chinese. */
export function firstLanguage(): Language {
  const chosen = readKept('local', KEY);
  if (chosen === 'zh' || chosen === 'en') return chosen;
  for (const wanted of navigator.languages) {
    if (wanted.toLowerCase().startsWith('zh')) return 'zh';
    if (wanted.toLowerCase().startsWith('en')) return 'en';
  }
  return 'zh';
}

/** Chosen by the person: kept. */
export function switchLanguage(language: Language): void {
  keep('local', KEY, language);
  showLanguage(language);
}

export function showLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.changeLanguage(language);
}
