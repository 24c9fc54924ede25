import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Actions } from '@/actions/ActionsContext';
import { useAsking } from '@/actions/asking';
import { askForNotifications } from '@/features/call/useIncomingNotification';
import { usePhone, usePhoneView } from '@/phone/PhoneContext';
import { useDeskUi } from '@/ui/deskUi';
import { deskActions, type WhyNot } from './deskActions';

/** The actions of the desk as they are possible now, wired to the phone. */
export function useDeskActions(): Actions {
  const phone = usePhone();
  const { agent, call, connection } = usePhoneView();
  const ask = useAsking((state) => state.ask);
  const ui = useDeskUi();
  const { t } = useTranslation('app');
  return useMemo(
    () =>
      deskActions({
        agent,
        call,
        online: connection.socket === 'open',
        words: (why: WhyNot) => t(`whyNot.${why}`),
        phone: {
          startWork: () => {
            askForNotifications();
            return phone.startWork();
          },
          continueWork: () => phone.continueWork(),
          offWork: () => phone.offWork(),
          cancelPending: () => phone.cancelPending(),
          answer: () => phone.answer(),
          hangup: () => phone.hangup(),
          hold: () => phone.hold(),
          resume: () => phone.resume(),
          mute: (on) => phone.mute(on),
        },
        ask: (name, run) => void ask(name, run),
        ui: {
          toggleKeypad: () => {
            ui.setKeypadOpen(!ui.keypadOpen);
          },
          toggleDial: () => {
            ui.openDial(ui.dialFrom === 'dialPad' ? null : 'dialPad');
          },
          openBreak: () => {
            ui.setBreakOpen(true);
          },
          focusNote: () => {
            document.querySelector<HTMLElement>('[data-testid=note-text]')?.focus();
          },
          openCommands: () => {
            ui.setCommandOpen(true);
          },
          openHelp: () => {
            ui.setHelpOpen(true);
          },
        },
      }),
    [agent, call, connection.socket, phone, ask, ui, t],
  );
}
