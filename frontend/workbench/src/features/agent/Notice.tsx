import { InfoCircleOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhoneView } from '@/phone/PhoneContext';
import { zh } from './locales/zh';
import { useCallWords } from '@/ui/callWords';
import './agent.css';

/** Says once, in words, what happened to the agent without her doing (a missed call, a dial that failed). */
export function Notice() {
  const { t } = useTranslation('agent');
  const { agent } = usePhoneView();
  const words = useCallWords();
  const [read, setRead] = useState('');
  const notice = agent?.notice;
  if (!notice || notice.at === read || agent.state === 'RINGING' || agent.state === 'IN_CALL')
    return null;
  const detail = words.result(notice.detail);
  const said = Object.hasOwn(zh.notice, notice.code)
    ? t(`notice.${notice.code as keyof typeof zh.notice}`, { detail })
    : t('noticeOther', { code: notice.code, detail });
  return (
    <div
      className="notice fade-in"
      role="status"
      data-testid="agent-notice"
      data-code={notice.code}
    >
      <InfoCircleOutlined aria-hidden />
      <span>{said}</span>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          setRead(notice.at);
        }}
      >
        {t('dismiss')}
      </button>
    </div>
  );
}
