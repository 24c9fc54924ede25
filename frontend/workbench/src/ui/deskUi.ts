import { create } from 'zustand';

export type DialFrom = 'fab' | 'dialPad';

interface DeskUi {
  /** Which of the two ways to call out is open; never both. */
  dialFrom: DialFrom | null;
  /** A number to start with, e.g. of an earlier call. */
  dialNumber: string;
  keypadOpen: boolean;
  breakOpen: boolean;
  helpOpen: boolean;
  commandOpen: boolean;
  openDial: (from: DialFrom | null, number?: string) => void;
  /** What is written is kept when the form closes under a ringing call. */
  writeNumber: (number: string) => void;
  setKeypadOpen: (open: boolean) => void;
  setBreakOpen: (open: boolean) => void;
  setHelpOpen: (open: boolean) => void;
  setCommandOpen: (open: boolean) => void;
}

/** What is open on the desk: exists on this screen and nowhere else. */
export const useDeskUi = create<DeskUi>((set) => ({
  dialFrom: null,
  dialNumber: '',
  keypadOpen: false,
  breakOpen: false,
  helpOpen: false,
  commandOpen: false,
  openDial: (dialFrom, dialNumber) => {
    set(dialNumber === undefined ? { dialFrom } : { dialFrom, dialNumber });
  },
  writeNumber: (dialNumber) => {
    set({ dialNumber });
  },
  setKeypadOpen: (keypadOpen) => {
    set({ keypadOpen });
  },
  setBreakOpen: (breakOpen) => {
    set({ breakOpen });
  },
  setHelpOpen: (helpOpen) => {
    set({ helpOpen });
  },
  setCommandOpen: (commandOpen) => {
    set({ commandOpen });
  },
}));
