import { openPhone, type Me, type Phone, RingmasterError } from '@ringmaster/sdk';
import { useCallback, useEffect, useState } from 'react';
import { mayEnter } from '@/session/access';
import { tokenOf } from '@/session/session';
import { usePreferences } from '@/ui/preferences';

declare global {
  interface Window {
    /** The phone of this page, for browser tests and for support at the console; it can do nothing that the page cannot. */
    __ringmaster?: Phone;
  }
}

interface Attempt {
  number: number;
  takeOver: boolean;
}

/** Opens the phone of a session, closes it with the page, and opens it anew when the person says so. */
export function usePhoneOf(address: string, me: Me) {
  const [attempt, setAttempt] = useState<Attempt>({ number: 0, takeOver: false });
  const [phone, setPhone] = useState<Phone>();
  const [refused, setRefused] = useState<RingmasterError>();
  const [superseded, setSuperseded] = useState(false);
  const isAgent = mayEnter(me, 'desk');

  useEffect(() => {
    const opened = openPhone({
      baseUrl: window.location.origin,
      instanceId: address,
      getToken: () => tokenOf(address) ?? '',
      takeOver: attempt.takeOver,
      listenOnly: !isAgent,
    });
    opened.sounds.setVolume(usePreferences.getState().ringVolume);
    const offError = opened.on('error', ({ code, message }) => {
      // Refusals of the session itself close the phone; the rest is told where it happens.
      if (opened.view.connection.socket === 'closed')
        setRefused(new RingmasterError(code, message));
    });
    const offSuperseded = opened.on('superseded', () => {
      setSuperseded(true);
    });
    window.__ringmaster = opened;
    // The phone is an outside thing that lives exactly as long as this effect.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setPhone(opened);
    return () => {
      offError();
      offSuperseded();
      opened.close();
      delete window.__ringmaster;
    };
  }, [address, attempt, isAgent]);

  const again = useCallback((takeOver: boolean) => {
    setRefused(undefined);
    setSuperseded(false);
    setAttempt(({ number }) => ({ number: number + 1, takeOver }));
  }, []);
  return {
    phone,
    refused,
    superseded,
    takeOver: useCallback(() => {
      again(true);
    }, [again]),
    again: useCallback(() => {
      again(false);
    }, [again]),
  };
}
