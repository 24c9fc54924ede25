import type { CallCard } from '@ringmaster/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { usePhone, usePhoneView } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { endedQuery } from './callQueries';
import { endedRows, inService, type JustEnded, type ServiceRow } from './serviceRows';

/** A record is written within 2 s of its call. */
const RECORD_IS_WRITTEN_MS = 4_000;

/** Both tabs of the service list; the live socket folds into the cached records. */
export function useServiceRows(): { serving: ServiceRow[]; ended: ServiceRow[]; failed: boolean } {
  const phone = usePhone();
  const { rest } = useSession();
  const { agent, call } = usePhoneView();
  const cache = useQueryClient();
  const [from] = useState(() => new Date(new Date(phone.now()).setHours(0, 0, 0, 0)).toISOString());
  const records = useQuery(endedQuery(rest, from));
  const [justEnded, setJustEnded] = useState<JustEnded[]>([]);
  const cards = useRef(new Map<string, CallCard>());

  useEffect(() => {
    const remember = () => {
      const card = phone.view.agent?.card;
      if (card) cards.current.set(card.callId, card);
    };
    remember();
    const offChange = phone.on('change', remember);
    const offEnded = phone.on('ended', ({ callId, was, result }) => {
      const card = cards.current.get(callId);
      cards.current.delete(callId);
      // An offer that went to a colleague is not a service of this agent.
      if (!card || was === 'RINGING') return;
      const at = new Date(phone.now()).toISOString();
      setJustEnded((rows) => [{ card, at, result: result ?? null }, ...rows].slice(0, 50));
    });
    // The server tells when a record can be read; should that word be lost, the list is asked again a little later.
    const later = new Set<ReturnType<typeof setTimeout>>();
    const offLater = phone.on('ended', () => {
      const timer = setTimeout(() => {
        later.delete(timer);
        void cache.invalidateQueries({ queryKey: ['calls'] });
      }, RECORD_IS_WRITTEN_MS);
      later.add(timer);
    });
    const offRecorded = phone.on(
      'recorded',
      () => void cache.invalidateQueries({ queryKey: ['calls'] }),
    );
    return () => {
      offChange();
      offEnded();
      offRecorded();
      offLater();
      for (const timer of later) clearTimeout(timer);
    };
  }, [phone, cache]);

  const serving = inService(agent, call);
  const ended = endedRows(
    (records.data ?? []).filter((record) => record.endedAt),
    justEnded,
    serving.map((row) => row.callId),
  );
  return { serving, ended, failed: records.isError || records.failureCount > 0 };
}
