import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { otherEnd, useCallWords } from '@/ui/callWords';
import { useRefusalWords } from '@/ui/refusalWords';
import { shortInstant } from '@/ui/time';
import { PhaseBar } from './PhaseBar';
import { Player } from './Player';
import './recording.css';

/** One call on one time line: its phases, its recording, its note. */
export function RecordDetail(props: { callId: string; playAtOnce: boolean; onClose: () => void }) {
  const { callId } = props;
  const { t, i18n } = useTranslation('recording');
  const words = useCallWords();
  const refusalWords = useRefusalWords();
  const { rest, me } = useSession();
  const phone = usePhone();
  const [now] = useState(() => phone.now());
  const call = useQuery({
    queryKey: ['calls', 'one', callId],
    queryFn: () => rest.call(callId),
    staleTime: 5_000,
  });
  const record = call.data;
  const facts: [string, string][] = record
    ? [
        [
          t('time'),
          shortInstant(record.startedAt, now, i18n.language, me.instance.zone ?? undefined),
        ],
        [t('direction'), words.direction(record.direction)],
        [t('result'), words.result(record.result)],
        [t('endedBy'), words.endedBy(record.endedBy) || '–'],
        [t('group'), record.group?.name ?? '–'],
        [t('agent'), record.agent?.name ?? '–'],
        [t('path'), record.ivrPath?.length ? record.ivrPath.join(' › ') : t('noPath')],
        ...(record.survey == null
          ? []
          : [[t('survey'), String(record.survey)] as [string, string]]),
        ...(record.remark ? [[t('remark'), record.remark] as [string, string]] : []),
        [t('callId'), record.callId],
      ]
    : [];
  return (
    <aside
      className="record-detail panel"
      aria-label={t('detail')}
      data-testid="record-detail"
      data-call-id={callId}
    >
      <header className="record-detail-head">
        <div>
          <div className="call-number tnum">{record ? otherEnd(record) : t('loading')}</div>
          {record ? (
            <div className="muted">
              {words.name(record.displayName)} · {words.area(record.area)}
            </div>
          ) : null}
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label={t('close')}
          onClick={props.onClose}
        >
          <CloseOutlined />
        </button>
      </header>
      {call.isError ? <p className="field-error">{refusalWords(call.error)}</p> : null}
      {record ? (
        <>
          <PhaseBar phases={record.phases ?? []} />
          {record.recording ? (
            <Player
              callId={callId}
              durationMs={record.recording.durationMs}
              playAtOnce={props.playAtOnce}
            />
          ) : (
            <p className="empty">{t('noRecording')}</p>
          )}
          <dl className="record-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="tnum">{value}</dd>
              </div>
            ))}
          </dl>
          <h3 className="panel-title">{t('note')}</h3>
          <p className="record-note">
            {record.note?.text ? record.note.text : <span className="faint">{t('noNote')}</span>}
          </p>
        </>
      ) : null}
    </aside>
  );
}
