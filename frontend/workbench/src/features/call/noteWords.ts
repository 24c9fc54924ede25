import type { TFunction } from 'i18next';
import { zh } from './locales/zh';

export const CATEGORIES = [
  'consult',
  'order',
  'afterSales',
  'complaint',
  'technical',
  'other',
] as const;
export const OUTCOMES = ['solved', 'followUp', 'unsolved', 'invalid'] as const;

type CallWords = TFunction<'call'>;

/** The word of a category; one that this page does not know is shown as it was written. */
export function categoryWord(t: CallWords, code: string | null | undefined): string {
  if (!code) return '';
  return Object.hasOwn(zh.category, code)
    ? t(`category.${code as keyof typeof zh.category}`)
    : code;
}

export function outcomeWord(t: CallWords, code: string | null | undefined): string {
  if (!code) return '';
  return Object.hasOwn(zh.outcome, code) ? t(`outcome.${code as keyof typeof zh.outcome}`) : code;
}
