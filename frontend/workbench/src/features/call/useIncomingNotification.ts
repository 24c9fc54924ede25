import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/phone/PhoneContext';
import { otherEnd, useCallWords } from '@/ui/callWords';

/** A system notification while the page is not looked at; a click brings the workbench back (AGT-023). */
export function useIncomingNotification(): void {
  const phone = usePhone();
  const { t } = useTranslation('call');
  const words = useCallWords();
  useEffect(() => {
    let shown: Notification | undefined;
    const close = () => {
      shown?.close();
      shown = undefined;
    };
    const offRinging = phone.on('ringing', (card) => {
      if (!document.hidden && document.hasFocus()) return;
      if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
      close();
      const who = card.displayName ? `${card.displayName} ${otherEnd(card)}` : otherEnd(card);
      shown = new Notification(t('notificationTitle', { who }), {
        body: t('notificationBody', {
          area: words.area(card.area),
          path: card.ivrPath?.length ? card.ivrPath.join(' › ') : t('noPath'),
        }),
        tag: card.callId,
        requireInteraction: true,
      });
      shown.onclick = () => {
        window.focus();
        close();
      };
    });
    const offState = phone.on('state', ({ state }) => {
      if (state !== 'RINGING') close();
    });
    return () => {
      offRinging();
      offState();
      close();
    };
  });
}

/** Asked with the first press that goes on duty, because browsers allow the question only then. */
export function askForNotifications(): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'default')
    void Notification.requestPermission();
}
