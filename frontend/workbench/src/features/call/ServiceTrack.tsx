import { PhoneOutlined } from '@ant-design/icons';
import type { CallRecord } from '@ringmaster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { useCallWords } from '@/ui/callWords';
import { clockTime, shortInstant } from '@/ui/time';
import { trackQuery } from './callQueries';
import { categoryWord, outcomeWord } from './noteWords';
import './call.css';

/** The service track: every earlier contact with this number, newest at the top, in the order of time (AGT-017). */
export function ServiceTrack(props: {
  number: string | undefined;
  currentCallId: string | undefined;
}) {
  const { t } = useTranslation('call');
  const { rest } = useSession();
  const track = useQuery(trackQuery(rest, props.number ?? ''));
  const rows = [...(track.data ?? [])].sort(
    (a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt),
  );
  return (
    <section className="track panel" aria-labelledby="track-title" data-testid="service-track">
      <h2 className="panel-title" id="track-title">
        {t('track')}
      </h2>
      {!props.number ? (
        <p className="empty">{t('trackNone')}</p>
      ) : track.isError ? (
        <p className="empty">{t('trackFailed')}</p>
      ) : track.isPending ? (
        <p className="empty">{t('trackLoading')}</p>
      ) : rows.length === 0 ? (
        <p className="empty">{t('trackEmpty')}</p>
      ) : (
        <ol className="track-list">
          {rows.map((row) => (
            <TrackRow key={row.callId} row={row} current={row.callId === props.currentCallId} />
          ))}
        </ol>
      )}
    </section>
  );
}

function TrackRow(props: { row: CallRecord; current: boolean }) {
  const { row } = props;
  const { t, i18n } = useTranslation('call');
  const words = useCallWords();
  const { me } = useSession();
  const now = useServerNow(60_000);
  const talkedMs = (row.phases ?? [])
    .filter((phase) => phase.kind === 'talk')
    .reduce((sum, phase) => sum + phase.ms, 0);
  const facts = [
    row.group?.name,
    row.agent?.name,
    talkedMs > 0 ? clockTime(talkedMs) : undefined,
    row.ivrPath?.length ? row.ivrPath.join(' › ') : undefined,
  ].filter((fact) => fact);
  return (
    <li className="track-row fade-in" data-testid="track-row" data-call-id={row.callId}>
      <span
        className={`track-dot ${row.direction === 'OUTBOUND' ? 'track-dot-out' : ''}`}
        aria-hidden
      >
        <PhoneOutlined rotate={row.direction === 'OUTBOUND' ? 0 : 90} />
      </span>
      <div className="track-body">
        <div className="track-head">
          <span>
            {words.direction(row.direction)} ·{' '}
            {props.current && !row.endedAt ? t('now') : words.result(row.result)}
          </span>
          <time className="muted small tnum" dateTime={row.startedAt}>
            {shortInstant(row.startedAt, now, i18n.language, me.instance.zone ?? undefined)}
          </time>
        </div>
        <div className="muted small ellipsis">{facts.join(' · ')}</div>
        {row.note?.text ? (
          <p className="track-note small">
            {[categoryWord(t, row.note.category), outcomeWord(t, row.note.result)]
              .filter(Boolean)
              .join(' / ')}
            {' — '}
            {row.note.text}
          </p>
        ) : null}
      </div>
    </li>
  );
}
