import type { Contradiction, HealedContradiction, Truth, TruthSide } from '@ringmaster/sdk';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/session/SessionContext';
import { shortInstant } from '@/ui/time';
import { seconds, STALE_AFTER_MS, truthAgeMs } from './truthAge';
import { truthQuery } from './truthQueries';
import './truth.css';

/** What the auditor has found: how much was compared, what cannot be true together, and what is done about it. */
export function TruthPage() {
  const { t, i18n } = useTranslation('truth');
  const { rest, me } = useSession();
  const query = useQuery(truthQuery(rest));
  const nowMs = useNow(200);
  const truth = query.data;
  const ageMs = truthAgeMs(truth, query.dataUpdatedAt, nowMs);
  const stale = ageMs === null ? query.isError : ageMs > STALE_AFTER_MS;
  const alarms = truth?.contradictions.filter((found) => found.alarm).length ?? 0;
  return (
    <main className="page truth" data-testid="truth-page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <span className="small muted">{t('what')}</span>
      </header>
      {stale ? (
        <Alert
          type="warning"
          showIcon
          className="truth-banner"
          data-testid="truth-stale"
          title={ageMs === null ? t('unheard') : t('stale', { seconds: seconds(ageMs) })}
        />
      ) : null}
      {alarms > 0 ? (
        <Alert
          type="error"
          showIcon
          className="truth-banner"
          data-testid="truth-alarm"
          title={t('alarm', { count: alarms })}
        />
      ) : null}
      <Verdict truth={truth} ageMs={ageMs} stale={stale} language={i18n.language} />
      {truth ? (
        <section className="panel truth-list" data-stale={stale}>
          <h2 className="panel-title">{t('standing')}</h2>
          {truth.contradictions.length === 0 ? (
            <p className="empty" data-testid="truth-empty">
              {t('none')}
            </p>
          ) : (
            <Standing rows={truth.contradictions} sinceMs={nowMs - query.dataUpdatedAt} />
          )}
        </section>
      ) : null}
      {truth && truth.healed.length > 0 ? (
        <section className="panel truth-list" data-stale={stale}>
          <h2 className="panel-title">{t('healed')}</h2>
          <Healed rows={truth.healed} nowMs={nowMs} zone={me.instance.zone} />
        </section>
      ) : null}
    </main>
  );
}

function Verdict(props: {
  truth: Truth | undefined;
  ageMs: number | null;
  stale: boolean;
  language: string;
}) {
  const { truth, ageMs, stale } = props;
  const { t } = useTranslation('truth');
  if (!truth || ageMs === null)
    return (
      <p className="panel truth-verdict muted" role="status">
        {t('silent')}
      </p>
    );
  const count = truth.contradictions.length;
  const look = stale ? 'truth-old' : count > 0 ? 'truth-bad' : 'truth-good';
  return (
    <section
      className={`panel truth-verdict ${look}`}
      data-testid="truth-verdict"
      data-count={count}
      data-checked={truth.checked}
      data-age-ms={Math.round(ageMs)}
    >
      <strong className="truth-count tnum">
        {t('verdict', {
          count,
          facts: new Intl.NumberFormat(props.language).format(truth.checked),
        })}
      </strong>
      <span className="tnum truth-age" data-testid="truth-age">
        {t('ago', { seconds: seconds(ageMs) })}
      </span>
      {truth.checked === 0 ? <span className="small muted">{t('nothingChecked')}</span> : null}
    </section>
  );
}

function Standing(props: { rows: Contradiction[]; sinceMs: number }) {
  const { t } = useTranslation('truth');
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('age')}</th>
          <th scope="col">{t('sides')}</th>
          <th scope="col">{t('doing')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr
            key={`${row.kind} ${row.ownerId} ${row.about}`}
            className={row.alarm ? 'truth-alarming' : ''}
            data-testid="truth-row"
            data-kind={row.kind}
          >
            <td>{t(`kinds.${row.kind}`)}</td>
            <td className="tnum">
              {t('seconds', { seconds: seconds(row.ageMs + Math.max(0, props.sinceMs)) })}
            </td>
            <td>
              <Sides sides={row.sides} />
            </td>
            <td>
              {row.asked === 0
                ? t('watching')
                : t('asked', { count: row.asked, owner: t(`owners.${row.owner}`) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Healed(props: {
  rows: HealedContradiction[];
  nowMs: number;
  zone: string | null | undefined;
}) {
  const { t, i18n } = useTranslation('truth');
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('stood')}</th>
          <th scope="col">{t('sides')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr
            key={`${row.at} ${row.kind} ${row.ownerId} ${row.about}`}
            data-testid="truth-healed"
            data-kind={row.kind}
          >
            <td className="tnum">
              {shortInstant(row.at, props.nowMs, i18n.language, props.zone ?? undefined)}
            </td>
            <td>{t(`kinds.${row.kind}`)}</td>
            <td className="tnum">{t('seconds', { seconds: seconds(row.stoodMs) })}</td>
            <td>
              <Sides sides={row.sides} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** As the owners say it, with the number under which each said it. */
function Sides(props: { sides: TruthSide[] }) {
  const { t } = useTranslation('truth');
  return (
    <ul className="truth-sides">
      {props.sides.map((side) => (
        <li key={side.who}>
          <code>{side.who}</code> {side.says}
          {side.seq > 0 ? (
            <span className="small muted tnum"> · {t('number', { seq: side.seq })}</span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs]);
  return now;
}
