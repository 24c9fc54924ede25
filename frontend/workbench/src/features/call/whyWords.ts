import type { TFunction } from 'i18next';

/** Why the router chose this agent, in the words of the page; what it does not know is shown as the server says it. */
export function whyWords(t: TFunction<'call'>, why: string): string {
  if (why === 'the only one free') return t('whyOnly');
  const idlest = /^longest idle of (\d+)$/.exec(why);
  return idlest ? t('whyIdlest', { free: idlest[1] ?? '' }) : why;
}
