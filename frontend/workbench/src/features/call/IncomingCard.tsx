import { PhoneFilled } from '@ant-design/icons';
import type { AgentScreen, CallCard } from '@ringmaster/sdk';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '@/actions/ActionButton';
import { isWriting } from '@/actions/keys';
import { useServerNow } from '@/phone/PhoneContext';
import { otherEnd, useCallWords } from '@/ui/callWords';
import { clockTime, secondsLeft } from '@/ui/time';
import { whyWords } from './whyWords';
import './call.css';

/**
 * Who is calling, from where and by which way, and how long there is to answer. Stands in the place of the call bar, so
 * it covers nothing; takes the focus unless something is being written. There is no reject button (AGT-007).
 */
export function IncomingCard(props: { agent: AgentScreen; card: CallCard }) {
  const { agent, card } = props;
  const { t } = useTranslation('call');
  const words = useCallWords();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isWriting(document.activeElement)) box.current?.querySelector('button')?.focus();
  }, [card.callId]);
  const path = card.ivrPath?.length ? card.ivrPath.join(' › ') : t('noPath');
  return (
    <section
      ref={box}
      className="call-slot incoming"
      aria-label={t('incoming')}
      data-testid="incoming-card"
      data-call-id={card.callId}
    >
      {agent.deadline ? <RingCountdown since={agent.since} until={agent.deadline} /> : null}
      <div className="call-who">
        <div className="call-number tnum" data-testid="incoming-number">
          {otherEnd(card)}
        </div>
        <div className="call-facts">
          <span data-testid="incoming-name">{words.name(card.displayName)}</span>
          <span data-testid="incoming-area">{words.area(card.area)}</span>
          {card.groupName ? <span>{card.groupName}</span> : null}
          {(card.waitedMs ?? 0) >= 1_000 ? (
            <span>{t('waited', { time: clockTime(card.waitedMs ?? 0) })}</span>
          ) : null}
        </div>
        <div className="call-path ellipsis" title={path} data-testid="incoming-path">
          {path}
        </div>
        {card.why ? (
          <div className="faint small ellipsis">{t('why', { why: whyWords(t, card.why) })}</div>
        ) : null}
      </div>
      <ActionButton
        name="answer"
        kind="primary"
        size="large"
        testId="btn-answer"
        icon={<PhoneFilled />}
        className="answer-button"
        showKey
      />
    </section>
  );
}

const RADIUS = 25;
const AROUND = 2 * Math.PI * RADIUS;

/** The seconds that are left, as a number in a ring that runs empty. */
function RingCountdown(props: { since: string; until: string }) {
  const { t } = useTranslation('call');
  const now = useServerNow(250);
  const whole = Math.max(1, Date.parse(props.until) - Date.parse(props.since));
  const left = Math.min(whole, Math.max(0, Date.parse(props.until) - now));
  const seconds = secondsLeft(props.until, now);
  return (
    <div className="countdown" role="timer" aria-label={t('secondsLeft', { count: seconds })}>
      <svg width="60" height="60" viewBox="0 0 60 60" aria-hidden>
        <circle className="countdown-track" cx="30" cy="30" r={RADIUS} />
        <circle
          className="countdown-left"
          cx="30"
          cy="30"
          r={RADIUS}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - left / whole)}
        />
      </svg>
      <span className="countdown-number tnum" data-testid="incoming-seconds">
        {seconds}
      </span>
    </div>
  );
}
