import type { AgentScreen, CallCard, CallScreen } from '@ringmaster/sdk';
import { useTranslation } from 'react-i18next';
import { CallBar } from './CallBar';
import { IncomingCard } from './IncomingCard';
import './call.css';

/** One place of one height for everything a call can be, so that nothing below it moves. */
export function CallSlot(props: {
  agent: AgentScreen | undefined;
  card: CallCard | undefined;
  call: CallScreen | undefined;
}) {
  const { agent, card, call } = props;
  const { t } = useTranslation('call');
  if (agent?.state === 'RINGING' && card) return <IncomingCard agent={agent} card={card} />;
  if (agent?.state === 'IN_CALL' || agent?.state === 'DIALING')
    return <CallBar agent={agent} card={card} call={call} />;
  const state = agent?.state ?? 'OFF';
  return (
    <section className="call-slot call-idle" data-testid="call-idle">
      <div className="call-idle-title">{t(`idle.${state}`)}</div>
      <div className="muted">{t(`idle.${state}hint`)}</div>
    </section>
  );
}
