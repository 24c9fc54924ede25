import { createContext, useContext } from 'react';
import type { ActionName } from './keys';

/** One thing a person can do: the same object behind a button, a key and a line of the command bar. */
export interface Action {
  name: ActionName;
  /** Now possible. What is impossible is absent or says why. */
  enabled: boolean;
  /** Why it is not possible, in the person's words. */
  whyNot?: string;
  /** Another word for what it does in this state, e.g. "resume" for hold. */
  variant?: string;
  perform: () => void;
}

export type Actions = Record<ActionName, Action>;

export const ActionsContext = createContext<Actions | undefined>(undefined);

export function useAction(name: ActionName): Action {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('No actions: this component is drawn outside of the desk.');
  return actions[name];
}
