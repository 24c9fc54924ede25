import type { NoteScreen } from '@ringmaster/sdk';
import { keep, readKept } from '@/ui/kept';

/** What has been written for a call and is not saved yet: kept in the tab, so that a reload loses nothing. */
export interface NoteDraft {
  category: string;
  result: string;
  text: string;
}

export const TEXT_AT_MOST = 1000;

const keyOf = (callId: string) => `ringmaster.note.${callId}`;

export function savedNote(note: NoteScreen | null | undefined): NoteDraft {
  return { category: note?.category ?? '', result: note?.result ?? '', text: note?.text ?? '' };
}

export function readDraft(callId: string): NoteDraft | undefined {
  const kept = readKept('session', keyOf(callId));
  if (!kept) return undefined;
  try {
    const { category, result, text } = JSON.parse(kept) as Partial<NoteDraft>;
    return { category: category ?? '', result: result ?? '', text: text ?? '' };
  } catch {
    return undefined;
  }
}

export function keepDraft(callId: string, draft: NoteDraft | undefined): void {
  keep('session', keyOf(callId), draft ? JSON.stringify(draft) : null);
}

export type NoteField = keyof NoteDraft;

/** The fields that are missing, in the order of the form, so that the first one can be focused. */
export function missingFields(draft: NoteDraft): NoteField[] {
  return (['category', 'result', 'text'] as const).filter((field) => draft[field].trim() === '');
}

export function sameNote(a: NoteDraft, b: NoteDraft): boolean {
  return a.category === b.category && a.result === b.result && a.text === b.text;
}
