import { create } from 'zustand';

interface Asking {
  /** What has been asked of the server and is not answered yet. */
  asked: ReadonlySet<string>;
  /** The last refusal, shown until the next press or until it is put away. */
  refused: { thrown: unknown; of: string; at: number } | undefined;
  ask: (name: string, run: () => Promise<unknown>) => Promise<boolean>;
  putAway: () => void;
}

/** Presses on their way: each shows at once as being asked, and becomes true or explains its refusal. */
export const useAsking = create<Asking>((set, get) => ({
  asked: new Set(),
  refused: undefined,
  async ask(name, run) {
    if (get().asked.has(name)) return false;
    set(({ asked }) => ({ asked: new Set(asked).add(name), refused: undefined }));
    try {
      await run();
      return true;
    } catch (thrown) {
      set({ refused: { thrown, of: name, at: Date.now() } });
      return false;
    } finally {
      set(({ asked }) => ({ asked: new Set([...asked].filter((other) => other !== name)) }));
    }
  },
  putAway() {
    set({ refused: undefined });
  },
}));
