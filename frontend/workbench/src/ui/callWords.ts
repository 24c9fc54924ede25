import { useTranslation } from 'react-i18next';
import { zh } from '@/i18n/calls.zh';

type Result = keyof typeof zh.result;
type EndedBy = keyof typeof zh.endedBy;

/** The words for what calls carry as codes; a code that is newer than this page is shown as it is. */
export function useCallWords() {
  const { t } = useTranslation('calls');
  return {
    name: (name: string | null | undefined) => (name ? name : t('unknownName')),
    area: (area: string | null | undefined) =>
      area && area !== 'unknown' ? area : t('unknownArea'),
    direction: (direction: string) => (direction === 'OUTBOUND' ? t('outbound') : t('inbound')),
    result: (code: string | null | undefined) => {
      const key = (code ?? '').toUpperCase();
      return Object.hasOwn(zh.result, key) ? t(`result.${key as Result}`) : (code ?? '');
    },
    endedBy: (code: string | null | undefined) => {
      const key = (code ?? '').toUpperCase();
      return Object.hasOwn(zh.endedBy, key) ? t(`endedBy.${key as EndedBy}`) : (code ?? '');
    },
  };
}

/** The number of the person at the other end. */
export function otherEnd(call: { direction: string; from: string; to: string }): string {
  return call.direction === 'OUTBOUND' ? call.to : call.from;
}
