import { useTranslation } from 'react-i18next';
import type { Action } from './ActionsContext';
import { zh } from './locales/zh';

/** The word of an action in its present variant. */
export function useActionLabel(): (action: Pick<Action, 'name' | 'variant'>) => string {
  const { t } = useTranslation('actions');
  return (action) => t(wordOf(action));
}

export function wordOf(action: Pick<Action, 'name' | 'variant'>): keyof typeof zh {
  return action.variant !== undefined && Object.hasOwn(zh, action.variant)
    ? (action.variant as keyof typeof zh)
    : action.name;
}
