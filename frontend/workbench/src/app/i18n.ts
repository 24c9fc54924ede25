import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en as actionsEn } from '@/actions/locales/en';
import { zh as actions } from '@/actions/locales/zh';
import { en as agentEn } from '@/features/agent/locales/en';
import { zh as agent } from '@/features/agent/locales/zh';
import { en as callEn } from '@/features/call/locales/en';
import { zh as call } from '@/features/call/locales/zh';
import { en as identityEn } from '@/features/identity/locales/en';
import { zh as identity } from '@/features/identity/locales/zh';
import { en as queueEn } from '@/features/queue/locales/en';
import { zh as queue } from '@/features/queue/locales/zh';
import { en as recordingEn } from '@/features/recording/locales/en';
import { zh as recording } from '@/features/recording/locales/zh';
import { en as settingsEn } from '@/features/settings/locales/en';
import { zh as settings } from '@/features/settings/locales/zh';
import { en as truthEn } from '@/features/truth/locales/en';
import { zh as truth } from '@/features/truth/locales/zh';
import { en as callsEn } from '@/i18n/calls.en';
import { zh as calls } from '@/i18n/calls.zh';
import { firstLanguage, showLanguage } from '@/i18n/language';
import { en as refusalsEn } from '@/i18n/refusals.en';
import { zh as refusals } from '@/i18n/refusals.zh';
import { en as appEn } from './locales/en';
import { zh as app } from './locales/zh';

const zhWords = {
  actions,
  agent,
  app,
  call,
  calls,
  identity,
  queue,
  recording,
  refusals,
  settings,
  truth,
};
const enWords = {
  actions: actionsEn,
  agent: agentEn,
  app: appEn,
  call: callEn,
  calls: callsEn,
  identity: identityEn,
  queue: queueEn,
  recording: recordingEn,
  refusals: refusalsEn,
  settings: settingsEn,
  truth: truthEn,
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof zhWords;
  }
}

/** All words of all features in both languages; nothing is loaded later, so nothing flickers. */
export function startWords(): void {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'zh',
    defaultNS: 'app',
    resources: { zh: zhWords, en: enWords },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  showLanguage(firstLanguage());
}
