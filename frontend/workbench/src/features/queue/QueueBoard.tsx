import type { QueueGroup } from '@ringmaster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePhone, usePhoneView, useServerNow } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { nameIn } from '@/ui/nameIn';
import { clockTime, msSince } from '@/ui/time';
import { ageMs, inOrder } from './queueNumbers';
import './queue.css';

const STATES = ['IDLE', 'RINGING', 'DIALING', 'IN_CALL', 'ACW', 'BREAK', 'OFF'] as const;

/** The live queue of the instance: who waits in which group, for how long, and who is there to answer. */
export function QueueBoard() {
  const { t } = useTranslation('queue');
  const phone = usePhone();
  const { queue: live, connection } = usePhoneView();
  const { rest } = useSession();
  const first = useQuery({ queryKey: ['queue'], queryFn: () => rest.queue(), enabled: !live });
  const queue = live ?? first.data;
  const nowMs = useServerNow(1_000);
  const ageS = Math.floor(ageMs(queue, nowMs, phone.silentForMs()) / 1000);
  const lost = connection.socket !== 'open';
  return (
    <main className="page" data-testid="queue-board">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <span
          className={`small queue-age ${lost ? 'queue-age-lost' : ''}`}
          role="status"
          data-testid="queue-age"
          data-age-s={ageS}
        >
          {lost
            ? t('stale', { seconds: ageS })
            : ageS > 2
              ? t('age', { seconds: ageS })
              : t('fresh')}
        </span>
      </header>
      {!queue ? (
        <p className="empty">{t('loading')}</p>
      ) : queue.groups.length === 0 ? (
        <p className="empty">{t('none')}</p>
      ) : (
        <>
          <div className="queue-cards">
            {inOrder(queue.groups).map((group) => (
              <GroupCard key={group.id} group={group} nowMs={nowMs} />
            ))}
          </div>
          <Callers groups={inOrder(queue.groups)} nowMs={nowMs} />
        </>
      )}
    </main>
  );
}

function GroupCard(props: { group: QueueGroup; nowMs: number }) {
  const { group, nowMs } = props;
  const { t, i18n } = useTranslation('queue');
  return (
    <section className="queue-card panel" data-testid="queue-group" data-group-id={group.id}>
      <h2 className="queue-card-name">
        {nameIn(group, i18n.language)}
        {group.filling ? <span className="small muted"> · {t('filling')}</span> : null}
      </h2>
      <div className="queue-numbers">
        <div>
          <div className="panel-title">{t('waiting')}</div>
          <div
            className={`queue-number tnum ${group.waiting > 0 ? 'queue-number-some' : ''}`}
            data-testid="queue-waiting"
          >
            {group.waiting}
          </div>
        </div>
        <div>
          <div className="panel-title">{t('longest')}</div>
          <div className="queue-number tnum">
            {group.longestSince ? clockTime(msSince(group.longestSince, nowMs)) : '–'}
          </div>
        </div>
      </div>
      <ul className="queue-agents" aria-label={t('agents')}>
        {STATES.map((state) => (
          <li key={state} className={`queue-agent queue-agent-${state}`}>
            <span className="small">{t(`agentState.${state}`)}</span>
            <strong className="tnum">{group.agents?.[state] ?? 0}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Callers(props: { groups: QueueGroup[]; nowMs: number }) {
  const { t, i18n } = useTranslation('queue');
  const rows = props.groups
    .flatMap((group) => (group.callers ?? []).map((caller) => ({ group, caller })))
    .sort((a, b) => Date.parse(a.caller.since) - Date.parse(b.caller.since));
  return (
    <section className="queue-callers panel">
      <h2 className="panel-title">{t('callers')}</h2>
      {rows.length === 0 ? (
        <p className="empty">{t('noCallers')}</p>
      ) : (
        <table className="plain-table" data-testid="queue-callers">
          <thead>
            <tr>
              <th scope="col">{t('caller')}</th>
              <th scope="col">{t('hotline')}</th>
              <th scope="col">{t('since')}</th>
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, caller }) => (
              <tr
                key={caller.callId}
                className="fade-in"
                data-testid="queue-caller"
                data-call-id={caller.callId}
              >
                <td className="tnum">{caller.from}</td>
                <td>{nameIn(group, i18n.language)}</td>
                <td className="tnum">{clockTime(msSince(caller.since, props.nowMs))}</td>
                <td>
                  {caller.state === 'offered'
                    ? t('stateOffered', { agent: caller.agent ?? '…' })
                    : t('stateWaiting')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
