import type { AgentScreen, CallCard, CallScreen } from '@ringmaster/sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { otherEnd, useCallWords } from '@/ui/callWords';
import { clockTime } from '@/ui/time';
import { CallBar } from './CallBar';
import { IncomingCard } from './IncomingCard';
import './call.css';

/** One place of one height for everything a call can be, so that nothing below it moves. */
export function CallSlot(props: {
  agent: AgentScreen | undefined;
  card: CallCard | undefined;
  call: CallScreen | undefined;
  /** What happened without the agent's doing. */
  notice: ReactNode;
}) {
  const { agent, card, call } = props;
  const { t } = useTranslation('call');
  if (agent?.state === 'RINGING' && card) return <IncomingCard agent={agent} card={card} />;
  if (agent?.state === 'IN_CALL' || agent?.state === 'DIALING')
    return <CallBar agent={agent} card={card} call={call} />;
  const state = agent?.state ?? 'OFF';
  return (
    <section className="call-slot call-idle" data-testid="call-idle">
      <div className="call-idle-title">
        {t(`idle.${state}`)}
        {state === 'ACW' && card ? <JustEnded card={card} call={call} /> : null}
      </div>
      <div className="muted">{t(`idle.${state}hint`)}</div>
      {props.notice}
    </section>
  );
}

/** Whom the call was with, how long, and who ended it. */
function JustEnded(props: { card: CallCard; call: CallScreen | undefined }) {
  const { card, call } = props;
  const words = useCallWords();
  const own = call?.callId === card.callId ? call : undefined;
  const talkedMs =
    own?.answeredAt && own.since && own.phase === 'ENDED'
      ? Date.parse(own.since) - Date.parse(own.answeredAt)
      : 0;
  const facts = [
    otherEnd(card),
    words.name(card.displayName),
    talkedMs > 0 ? clockTime(talkedMs) : '',
    own?.endedBy ? words.endedBy(own.endedBy) : '',
  ].filter((fact) => fact !== '');
  return <span className="call-idle-facts tnum">{facts.join(' · ')}</span>;
}
