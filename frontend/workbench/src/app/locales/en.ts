import type { WordsLike } from '@/i18n/words';
import type { zh } from './zh';

export const en: WordsLike<typeof zh> = {
  places: {
    desk: 'Desk',
    calls: 'Call records',
    queue: 'Live queue',
    truth: 'Truth',
    settings: 'Settings',
  },
  navigation: 'Navigation',
  simulated: 'Simulated carrier',
  simulatedHint: 'A simulated carrier is connected: the callers are simulated, not real customers.',
  carrierPage: 'Open the simulated carrier’s page',
  reconnect: 'Reconnect',
  refusedTitle: 'Not done',
  refusedOf: '“{{action}}” was not done',
  close: 'Close',
  whyNot: {
    offDuty: 'You are off duty',
    noCall: 'There is no call',
    ringing: 'Not while it rings',
    saveNote: 'Save the wrap-up note first',
    noGroup: 'You are in no skill group; ask your administrator',
    onDuty: 'You are on duty already',
    state: 'Not possible in your present state',
    noPending: 'There is no wish to take back',
    offline: 'Reconnecting; not possible right now',
  },
  leave: 'You are on duty. Go off duty before you close the page.',
  title: '{{state}} · {{name}}',
};
