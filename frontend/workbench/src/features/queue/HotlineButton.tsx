import { PhoneOutlined } from '@ant-design/icons';
import { Popover, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone, usePhoneView, useServerNow } from '@/phone/PhoneContext';
import { useDeskUi } from '@/ui/deskUi';
import { ageMs, waitingIn } from './queueNumbers';
import './queue.css';

/** The hotline icon: how many callers wait in the agent's groups, always, also in wrap-up (AGT-010); opens the dial pad. */
export function HotlineButton(props: { groupIds: readonly string[]; dialPad: ReactNode }) {
  const { t } = useTranslation('queue');
  const phone = usePhone();
  const { queue, agent } = usePhoneView();
  const { dialFrom, openDial } = useDeskUi();
  const nowMs = useServerNow(1_000);
  const waiting = waitingIn(queue, props.groupIds);
  const age = ageMs(queue, nowMs, phone.silentForMs());
  const old = age > 6_000;
  const onDuty = agent !== undefined && agent.state !== 'OFF';
  const said =
    waiting === null
      ? t('loading')
      : `${t('waitingNow', { count: waiting })}${old ? ` · ${t('age', { seconds: Math.floor(age / 1000) })}` : ''}`;
  return (
    <Popover
      open={dialFrom === 'dialPad'}
      onOpenChange={(open) => {
        openDial(open ? 'dialPad' : null);
      }}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={props.dialPad}
    >
      <Tooltip title={dialFrom === 'dialPad' ? undefined : said} mouseEnterDelay={0.3}>
        <button
          type="button"
          className={`hotline ${onDuty ? 'hotline-on' : ''} ${old ? 'hotline-old' : ''}`}
          aria-label={`${t('hotline')}: ${said}`}
          data-testid="hotline-button"
        >
          <PhoneOutlined aria-hidden />
          <span>{t('hotline')}</span>
          <span
            className={`hotline-count tnum ${waiting ? 'hotline-count-some' : ''}`}
            data-testid="queue-count"
            data-age-ms={age}
          >
            {waiting ?? '–'}
          </span>
        </button>
      </Tooltip>
    </Popover>
  );
}
