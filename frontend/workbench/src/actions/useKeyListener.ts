import { useEffect, useEffectEvent } from 'react';
import type { Actions } from './ActionsContext';
import { ACTION_NAMES, chordOf, isTyping, isWriting, useKeys } from './keys';

/** Listens for the keys of all actions. A chord that would write is heard only while nobody is writing. */
export function useKeyListener(actions: Actions): void {
  const keys = useKeys((state) => state.keys);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.repeat) return;
    const chord = chordOf(event);
    const name = chord && ACTION_NAMES.find((each) => keys[each] === chord);
    if (!chord || !name) return;
    if (isTyping(chord) && isWriting(event.target)) return;
    event.preventDefault();
    if (actions[name].enabled) actions[name].perform();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKey(event);
    };
    window.addEventListener('keydown', listener, true);
    return () => {
      window.removeEventListener('keydown', listener, true);
    };
  }, []);
}
