import { SoundOutlined } from '@ant-design/icons';
import { Button, Segmented, Slider } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/phone/PhoneContext';
import { switchLanguage, type Language } from '@/i18n/language';
import { usePreferences, type ThemeChoice } from '@/ui/preferences';
import { KeysEditor } from './KeysEditor';
import './settings.css';

/** What a person can choose for herself; each choice takes effect at once and is kept. */
export function SettingsPage(props: { autoAnswer: ReactNode }) {
  const { t, i18n } = useTranslation('settings');
  const phone = usePhone();
  const { theme, setTheme, ringVolume, setRingVolume } = usePreferences();
  return (
    <main className="page settings" data-testid="settings-page">
      <header className="page-head">
        <h1>{t('title')}</h1>
      </header>
      {props.autoAnswer ? (
        <Section title={t('hotline')}>
          <Row label={t('autoAnswer')}>{props.autoAnswer}</Row>
        </Section>
      ) : null}
      <Section title={t('sound')}>
        <Row label={t('ring')}>
          <Slider
            className="ring-volume"
            min={0}
            max={1}
            step={0.05}
            value={ringVolume}
            tooltip={{ formatter: (value) => `${String(Math.round((value ?? 0) * 100))} %` }}
            onChange={(volume) => {
              setRingVolume(volume);
              phone.sounds.setVolume(volume);
            }}
          />
          <Button
            icon={<SoundOutlined />}
            onClick={() => {
              phone.sounds.unlock();
              phone.sounds.startRinging();
              setTimeout(() => {
                if (phone.view.agent?.state !== 'RINGING') phone.sounds.stopRinging();
              }, 1_500);
            }}
          >
            {t('ringTest')}
          </Button>
        </Row>
      </Section>
      <Section title={t('display')}>
        <Row label={t('language')}>
          <Segmented<Language>
            value={i18n.language === 'zh' ? 'zh' : 'en'}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={switchLanguage}
          />
        </Row>
        <Row label={t('theme')}>
          <Segmented<ThemeChoice>
            value={theme}
            data-testid="theme-choice"
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              label: t(`themes.${value}`),
            }))}
            onChange={setTheme}
          />
        </Row>
      </Section>
      <Section title={t('keys')}>
        <p className="muted settings-hint">{t('keysHint')}</p>
        <KeysEditor />
      </Section>
    </main>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  return (
    <section className="settings-section panel" aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

function Row(props: { label: string; children: ReactNode }) {
  return (
    <div className="settings-row">
      <span className="settings-label">{props.label}</span>
      <div className="settings-value">{props.children}</div>
    </div>
  );
}
