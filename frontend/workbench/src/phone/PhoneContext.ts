import type { Phone, PhoneView } from '@ringmaster/sdk';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';

/** The one phone of this page; features take it from here and know no socket. */
export const PhoneContext = createContext<Phone | undefined>(undefined);

export function usePhone(): Phone {
  const phone = useContext(PhoneContext);
  if (!phone) throw new Error('No phone: this component is drawn outside of a session.');
  return phone;
}

/** The phone's level; draws anew when it changes. */
export function usePhoneView(): PhoneView {
  const phone = usePhone();
  return useSyncExternalStore(
    (changed) => phone.on('change', changed),
    () => phone.view,
  );
}

/** Milliseconds on the server's clock, anew every `everyMs`. */
export function useServerNow(everyMs = 500): number {
  const phone = usePhone();
  const [now, setNow] = useState(() => phone.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(phone.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [phone, everyMs]);
  return now;
}
