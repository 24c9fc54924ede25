import type { CallPhaseRecord } from '@ringmaster/sdk';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockTime } from '@/ui/time';
import { shares } from './phases';
import './recording.css';

/** The phases of a call as one coloured bar, each with its word and its length. */
export function PhaseBar(props: { phases: CallPhaseRecord[] }) {
  const { t } = useTranslation('recording');
  if (props.phases.length === 0) return null;
  return (
    <section aria-label={t('phases')} data-testid="phase-bar">
      <div className="phase-bar">
        {shares(props.phases).map(({ phase, percent }) => (
          <Tooltip
            key={phase.startedAt + phase.kind}
            title={`${t(`phase.${phase.kind}`)} ${clockTime(phase.ms)}`}
          >
            <span
              className={`phase phase-${phase.kind}`}
              style={{ width: `${String(percent)}%` }}
            />
          </Tooltip>
        ))}
      </div>
      <ol className="phase-words small">
        {props.phases.map((phase) => (
          <li key={phase.startedAt + phase.kind} data-kind={phase.kind}>
            <span className={`phase-dot phase-${phase.kind}`} aria-hidden />
            {t(`phase.${phase.kind}`)} <span className="tnum muted">{clockTime(phase.ms)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
