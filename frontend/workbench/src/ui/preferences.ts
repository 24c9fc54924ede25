import { create } from 'zustand';
import type { ThemeName } from './theme';
import { keep, readKept } from './kept';

export type ThemeChoice = ThemeName | 'system';

interface Preferences {
  theme: ThemeChoice;
  ringVolume: number;
  setTheme: (theme: ThemeChoice) => void;
  setRingVolume: (volume: number) => void;
}

/** Choices of this browser that no server needs to know. */
export const usePreferences = create<Preferences>((set) => ({
  theme: (readKept('local', 'ringmaster.theme') as ThemeChoice | null) ?? 'system',
  ringVolume: Number(readKept('local', 'ringmaster.ringVolume') ?? '0.5'),
  setTheme(theme) {
    keep('local', 'ringmaster.theme', theme);
    set({ theme });
  },
  setRingVolume(ringVolume) {
    keep('local', 'ringmaster.ringVolume', String(ringVolume));
    set({ ringVolume });
  },
}));
