import {
  AudioMutedOutlined,
  AudioOutlined,
  PauseOutlined,
  PhoneOutlined,
  TableOutlined,
} from '@ant-design/icons';
import type { AgentScreen, CallCard, CallQuality, CallScreen } from '@ringmaster/sdk';
import { Popover, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '@/actions/ActionButton';
import { usePhone, useServerNow } from '@/phone/PhoneContext';
import { otherEnd, useCallWords } from '@/ui/callWords';
import { useDeskUi } from '@/ui/deskUi';
import { clockTime, msSince } from '@/ui/time';
import { Keypad } from './Keypad';
import { QualityBars } from './QualityBars';
import './call.css';

/** The person on the line: number, name, area, time, and what can be done with the call. */
export function CallBar(props: {
  agent: AgentScreen;
  card: CallCard | undefined;
  call: CallScreen | undefined;
}) {
  const { agent, card, call } = props;
  const words = useCallWords();
  const { keypadOpen, setKeypadOpen } = useDeskUi();
  const dialing = agent.state === 'DIALING';
  const held = call?.phase === 'HELD' || agent.sub === 'held';
  return (
    <section
      className={`call-slot call-bar ${held ? 'call-bar-held' : ''}`}
      data-testid="call-bar"
      data-call-id={agent.callId ?? ''}
      data-phase={call?.phase ?? ''}
    >
      <div className="call-row">
        <div className="call-who">
          <div className="call-number tnum">{card ? otherEnd(card) : '…'}</div>
          <div className="call-facts">
            <span>{words.name(card?.displayName)}</span>
            <span>{words.area(card?.area)}</span>
            {card?.groupName ? <span>{card.groupName}</span> : null}
          </div>
        </div>
        <div className="call-clock">
          <CallTimer agent={agent} />
          <div className="small muted call-said" role="status">
            <CallSaid agent={agent} call={call} />
          </div>
        </div>
      </div>
      <div className="call-buttons">
        {dialing ? null : (
          <>
            <ActionButton
              name="mute"
              testId="btn-mute"
              pressed={call?.muted === true}
              icon={call?.muted ? <AudioMutedOutlined /> : <AudioOutlined />}
              className={call?.muted ? 'pressed' : ''}
            />
            <ActionButton
              name="hold"
              testId="btn-hold"
              pressed={held}
              icon={held ? <PhoneOutlined /> : <PauseOutlined />}
              className={held ? 'pressed' : ''}
            />
            <Popover
              open={keypadOpen}
              onOpenChange={(open) => {
                if (!open) setKeypadOpen(false);
              }}
              trigger="click"
              placement="bottom"
              destroyOnHidden
              content={<Keypad callId={agent.callId ?? ''} />}
            >
              <span>
                <ActionButton
                  name="keypad"
                  testId="btn-keypad"
                  icon={<TableOutlined />}
                  pressed={keypadOpen}
                />
              </span>
            </Popover>
          </>
        )}
        <span className="call-buttons-gap" />
        {dialing ? null : <LiveMarks call={call} />}
        <ActionButton
          name="hangup"
          kind="danger"
          testId="btn-hangup"
          className="end-button"
          icon={<PhoneOutlined rotate={225} />}
        />
      </div>
    </section>
  );
}

/** How long the agent has talked: the call itself was answered earlier, by the menu. */
function CallTimer(props: { agent: AgentScreen }) {
  const now = useServerNow();
  return (
    <time className="call-timer tnum" data-testid="call-timer">
      {clockTime(msSince(props.agent.since, now))}
    </time>
  );
}

/** One line under the clock: what the person at the other end hears now. */
function CallSaid(props: { agent: AgentScreen; call: CallScreen | undefined }) {
  const { agent, call } = props;
  const { t } = useTranslation('call');
  if (agent.sub === 'connecting') return t('connecting');
  if (agent.state === 'DIALING') return t(`dialing.${call?.progress ?? 'trying'}`);
  if (call?.phase === 'HELD' || agent.sub === 'held') return t('held');
  if (call?.muted) return t('muted');
  return '';
}

/** Recording and quality: small, always there, in words on hover. */
function LiveMarks(props: { call: CallScreen | undefined }) {
  const { t } = useTranslation('call');
  const phone = usePhone();
  const [heard, setHeard] = useState<CallQuality>();
  useEffect(() => phone.on('quality', setHeard), [phone]);
  const quality = heard ?? props.call?.quality ?? undefined;
  const said = quality
    ? t('quality', {
        loss: quality.lossPercent,
        jitter: quality.jitterMs,
        rtt: quality.rttMs ?? '–',
      })
    : t('qualityUnknown');
  const recording = props.call?.recording === true;
  return (
    <div className="call-marks">
      <Tooltip title={said}>
        <span className="call-mark" role="img" aria-label={said} data-testid="call-quality">
          <QualityBars quality={quality} />
        </span>
      </Tooltip>
      <span
        className={`call-mark small ${recording ? 'recording' : 'muted'}`}
        data-testid="call-recording"
      >
        {recording ? t('recording') : t('notRecording')}
      </span>
    </div>
  );
}
