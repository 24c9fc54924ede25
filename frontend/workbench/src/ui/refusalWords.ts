import { codeOf } from '@ringmaster/sdk';
import { useTranslation } from 'react-i18next';
import { zh } from '@/i18n/refusals.zh';

/** The words for a refusal: ours by its code, else what the server said. */
export function useRefusalWords(): (thrown: unknown) => string {
  const { t } = useTranslation('refusals');
  return (thrown) => {
    const code = codeOf(thrown);
    if (isKnown(code)) return t(code);
    return thrown instanceof Error ? thrown.message : String(thrown);
  };
}

function isKnown(code: string): code is keyof typeof zh {
  return Object.hasOwn(zh, code);
}
