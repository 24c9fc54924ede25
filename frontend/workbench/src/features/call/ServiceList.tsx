import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { useCallWords } from '@/ui/callWords';
import { clockTime, msSince, shortInstant } from '@/ui/time';
import type { ServiceRow } from './serviceRows';
import './call.css';

/** Who is served now and who was served today, in two tabs (AGT-016). Rows keep their place; new ones fade in. */
export function ServiceList(props: {
  serving: ServiceRow[];
  ended: ServiceRow[];
  failed: boolean;
  chosen: string | undefined;
  onChoose: (row: ServiceRow) => void;
}) {
  const { serving, ended } = props;
  const { t } = useTranslation('call');
  const [tab, setTab] = useState<'inService' | 'ended'>('inService');
  const servingId = serving[0]?.callId;
  const [seenServing, setSeenServing] = useState(servingId);
  if (servingId !== seenServing) {
    // A new call is worth looking at; an ended one is left for the person to open.
    setSeenServing(servingId);
    if (servingId) setTab('inService');
  }
  const rows = tab === 'inService' ? serving : ended;
  return (
    <aside className="service" aria-label={t('tabs.inService')}>
      <div className="service-tabs" role="tablist">
        {(['inService', 'ended'] as const).map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={tab === name}
            className="service-tab"
            data-testid={name === 'inService' ? 'tab-in-service' : 'tab-ended'}
            onClick={() => {
              setTab(name);
            }}
          >
            {t(`tabs.${name}`)}
            <span className="service-count tnum">
              {name === 'inService' ? serving.length : ended.length}
            </span>
          </button>
        ))}
      </div>
      {props.failed && tab === 'ended' ? (
        <p className="small field-error service-failed">{t('endedFailed')}</p>
      ) : null}
      {rows.length === 0 ? (
        <p className="empty">{tab === 'inService' ? t('emptyInService') : t('emptyEnded')}</p>
      ) : (
        <ul className="service-rows">
          {rows.map((row) => (
            <li key={row.callId}>
              <Row row={row} chosen={props.chosen === row.callId} onChoose={props.onChoose} />
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

function Row(props: { row: ServiceRow; chosen: boolean; onChoose: (row: ServiceRow) => void }) {
  const { row } = props;
  const { t, i18n } = useTranslation('call');
  const words = useCallWords();
  const { me } = useSession();
  return (
    <button
      type="button"
      className="service-row fade-in"
      aria-current={props.chosen}
      data-testid="service-row"
      data-call-id={row.callId}
      data-live={row.live ?? ''}
      onClick={() => {
        props.onChoose(row);
      }}
    >
      <span className="service-row-head">
        <span className="service-number tnum ellipsis">{row.number}</span>
        {row.live ? (
          <Ticking since={row.at} />
        ) : (
          <Ended at={row.at} zone={me.instance.zone} language={i18n.language} />
        )}
      </span>
      <span className="service-row-foot small muted">
        <span className="ellipsis">
          {row.name ? `${row.name} · ` : ''}
          {row.group ?? words.direction(row.direction)}
        </span>
        <span className={row.live ? 'service-live' : ''}>
          {row.live === 'ringing'
            ? t('incoming')
            : row.live === 'dialing'
              ? words.direction('OUTBOUND')
              : row.live
                ? ''
                : words.result(row.result)}
        </span>
      </span>
    </button>
  );
}

function Ticking(props: { since: string }) {
  const now = useServerNow(1_000);
  return <time className="small tnum service-live">{clockTime(msSince(props.since, now))}</time>;
}

function Ended(props: { at: string; zone: string | null | undefined; language: string }) {
  const [now] = useState(() => Date.now());
  return (
    <time className="small muted tnum" dateTime={props.at}>
      {shortInstant(props.at, now, props.language, props.zone ?? undefined).slice(0, -3)}
    </time>
  );
}
