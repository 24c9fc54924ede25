import { PlayCircleOutlined } from '@ant-design/icons';
import type { CallRecord } from '@ringmaster/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Pagination, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { otherEnd, useCallWords } from '@/ui/callWords';
import { clockTime, shortInstant } from '@/ui/time';
import { talkMs } from './phases';
import { RecordDetail } from './RecordDetail';
import { RecordFiltersBar } from './RecordFiltersBar';
import { PAGE_SIZE, recordsQuery, type RecordFilters } from './recordQueries';
import './recording.css';

/** Call records: search, filter, page, listen. The address holds the filters, the row's main action is the row (AGT-033). */
export function RecordsPage(props: {
  filters: RecordFilters;
  mayAll: boolean;
  onFilters: (filters: RecordFilters) => void;
}) {
  const { filters, mayAll, onFilters } = props;
  const { t } = useTranslation('recording');
  const { rest } = useSession();
  const phone = usePhone();
  const cache = useQueryClient();
  const records = useQuery(recordsQuery(rest, filters, mayAll));
  const [playing, setPlaying] = useState(false);
  useEffect(
    () => phone.on('recorded', () => void cache.invalidateQueries({ queryKey: ['calls'] })),
    [phone, cache],
  );

  const rows = records.data?.items ?? [];
  const filtered = Boolean(
    filters.q ?? filters.direction ?? filters.result ?? filters.from ?? filters.to,
  );
  const open = (callId: string, play: boolean) => {
    setPlaying(play);
    onFilters({ ...filters, call: callId });
  };
  const { call: chosen, ...withoutCall } = filters;
  return (
    <main className="page records-page">
      <header className="page-head">
        <h1>{mayAll && filters.all ? t('titleAll') : t('title')}</h1>
        {records.data ? (
          <span className="small muted tnum">{t('total', { count: records.data.total })}</span>
        ) : null}
      </header>
      <RecordFiltersBar filters={withoutCall} mayAll={mayAll} onFilters={onFilters} />
      <div className={`records-body ${chosen ? 'records-body-open' : ''}`}>
        <section className="records-list panel">
          {records.isError ? (
            <Alert
              type="error"
              showIcon
              title={t('failed')}
              action={
                <Button size="small" onClick={() => void records.refetch()}>
                  {t('retry')}
                </Button>
              }
            />
          ) : null}
          <div className="records-scroll">
            <RecordsTable
              rows={rows}
              chosen={chosen}
              onOpen={(callId) => {
                open(callId, false);
              }}
              onPlay={(callId) => {
                open(callId, true);
              }}
            />
            {rows.length === 0 && !records.isError ? (
              <p className="empty records-empty" data-testid="records-empty">
                {records.isPending ? (
                  t('loading')
                ) : filtered ? (
                  <>
                    {t('emptyFiltered')}{' '}
                    <Button
                      type="link"
                      size="small"
                      onClick={() => {
                        onFilters(filters.all ? { all: true } : {});
                      }}
                    >
                      {t('clearFilters')}
                    </Button>
                  </>
                ) : (
                  t('empty')
                )}
              </p>
            ) : null}
          </div>
          {(records.data?.total ?? 0) > PAGE_SIZE ? (
            <Pagination
              className="records-pages"
              size="small"
              current={filters.page ?? 1}
              pageSize={PAGE_SIZE}
              total={records.data?.total ?? 0}
              showSizeChanger={false}
              onChange={(page) => {
                onFilters({ ...withoutCall, page });
              }}
            />
          ) : null}
        </section>
        {chosen ? (
          <RecordDetail
            key={chosen}
            callId={chosen}
            playAtOnce={playing}
            onClose={() => {
              onFilters(withoutCall);
            }}
          />
        ) : null}
      </div>
    </main>
  );
}

function RecordsTable(props: {
  rows: CallRecord[];
  chosen: string | undefined;
  onOpen: (callId: string) => void;
  onPlay: (callId: string) => void;
}) {
  const { t, i18n } = useTranslation('recording');
  const words = useCallWords();
  const { me } = useSession();
  const phone = usePhone();
  const [now] = useState(() => phone.now());
  return (
    <table className="plain-table records-table" data-testid="records-table">
      <thead>
        <tr>
          <th scope="col">{t('time')}</th>
          <th scope="col">{t('number')}</th>
          <th scope="col">{t('name')}</th>
          <th scope="col" className="when-wide">
            {t('direction')}
          </th>
          <th scope="col" className="when-wide">
            {t('group')}
          </th>
          <th scope="col">{t('result')}</th>
          <th scope="col" className="right">
            {t('length')}
          </th>
          <th scope="col" aria-label={t('playing')} />
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr
            key={row.callId}
            tabIndex={0}
            aria-selected={props.chosen === row.callId}
            data-testid="record-row"
            data-call-id={row.callId}
            onClick={() => {
              props.onOpen(row.callId);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') props.onOpen(row.callId);
            }}
          >
            <td className="tnum nowrap">
              {shortInstant(row.startedAt, now, i18n.language, me.instance.zone ?? undefined)}
            </td>
            <td className="tnum nowrap strong">{otherEnd(row)}</td>
            <td className="records-name">
              {words.name(row.displayName)} <span className="muted">{words.area(row.area)}</span>
            </td>
            <td className="nowrap when-wide">{words.direction(row.direction)}</td>
            <td className="nowrap when-wide">{row.group?.name ?? '–'}</td>
            <td className="nowrap">
              <span
                className={row.result?.toUpperCase() === 'SUCCESS' ? 'result-good' : 'result-bad'}
              >
                {words.result(row.result)}
              </span>
            </td>
            <td className="tnum right">{talkMs(row) > 0 ? clockTime(talkMs(row)) : '–'}</td>
            <td className="right">
              {row.recording ? (
                <Tooltip title={t('play')}>
                  <Button
                    type="text"
                    size="small"
                    icon={<PlayCircleOutlined />}
                    aria-label={t('play')}
                    data-testid="record-play"
                    onClick={(event) => {
                      event.stopPropagation();
                      props.onPlay(row.callId);
                    }}
                  />
                </Tooltip>
              ) : (
                <span className="faint small nowrap">{t('noRecording')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
