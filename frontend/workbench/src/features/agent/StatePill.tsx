import type { AgentScreen } from '@ringmaster/sdk';
import { useTranslation } from 'react-i18next';
import { usePhone, usePhoneView, useServerNow } from '@/phone/PhoneContext';
import { clockTime, msSince } from '@/ui/time';
import { describeState, type ConnectionWords, type StateWords } from './describeState';
import { StateShape } from './StateShape';
import './agent.css';

/** The one place that says what is true of the agent: word, shape, colour, time in state, cause, and the connection's truth. */
export function StatePill() {
  const { t } = useTranslation('agent');
  const phone = usePhone();
  const { agent, connection } = usePhoneView();
  const nowMs = useServerNow();
  const words = describeState(agent, connection, phone.silentForMs(), nowMs);
  const line = useSecondLine()(agent, words);
  const state = agent?.state ?? 'OFF';
  return (
    <div
      className={`pill pill-${words.tone}`}
      data-testid="state-pill"
      data-state={state}
      data-sub={agent?.sub ?? ''}
      data-cause={agent?.cause ?? ''}
      data-connection={words.connection?.kind ?? 'ok'}
    >
      <StateShape tone={words.tone} size={18} />
      <div className="pill-words" role="status" aria-live="polite">
        <div className="pill-word">
          {t(`state.${state}`)}
          {agent?.sub === 'held' || agent?.sub === 'connecting' ? (
            <span className="pill-sub"> · {t(`sub.${agent.sub}`)}</span>
          ) : null}
        </div>
        <div className="pill-line small ellipsis" title={line}>
          {line}
        </div>
      </div>
      <time className="pill-time tnum" data-testid="state-time" aria-hidden>
        {words.since ? clockTime(msSince(words.since, nowMs)) : '--:--'}
      </time>
    </div>
  );
}

/** The second line: what is wrong, else what is wished for, else why. */
function useSecondLine(): (agent: AgentScreen | undefined, words: StateWords) => string {
  const { t, i18n } = useTranslation('agent');
  const reasonWord = (reason: string | null) => {
    const key = (reason ?? '').toLowerCase();
    return i18n.exists(`agent:reason.${key}`)
      ? t(`reason.${key}` as 'reason.rest')
      : (reason ?? '');
  };
  const connectionLine = (said: ConnectionWords): string => {
    switch (said.kind) {
      case 'lost': {
        const retry =
          said.retryInS > 0
            ? t('connection.lost', { seconds: said.retryInS })
            : t('connection.lostNow');
        if (said.call === 'none') return retry;
        if (said.call === 'goesOn') return `${t('connection.callGoesOn')} · ${retry}`;
        const { keptForS } = said.call;
        const kept =
          keptForS > 0
            ? t('connection.callKept', { seconds: keptForS })
            : t('connection.callAtRisk');
        return `${kept} · ${retry}`;
      }
      case 'silent':
        return t('connection.silent', { seconds: said.forS });
      default:
        return t(`connection.${said.kind}`);
    }
  };
  return (agent, words) => {
    if (words.connection) return connectionLine(words.connection);
    if (words.pending)
      return words.pending.off
        ? t('pendingOff')
        : t('pendingBreak', { reason: reasonWord(words.pending.reason) });
    if (!agent) return '';
    if (agent.state === 'BREAK' && words.reason) return reasonWord(words.reason);
    if (agent.state === 'IDLE') return t('cause.waiting');
    if (agent.state === 'OFF' && words.cause !== 'lost' && words.cause !== 'forced')
      return t('off');
    if (agent.state === 'ACW') return agent.note?.saved ? t('noteSaved') : t('cause.wrapUp');
    if (agent.state === 'BREAK' || agent.state === 'OFF')
      return i18n.exists(`agent:cause.${words.cause ?? ''}`)
        ? t(`cause.${words.cause ?? ''}` as 'cause.manual')
        : (words.cause ?? '');
    return agent.card?.groupName ?? '';
  };
}
