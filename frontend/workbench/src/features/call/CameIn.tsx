import type { CallCard } from '@ringmaster/sdk';
import { useTranslation } from 'react-i18next';
import { useCallWords } from '@/ui/callWords';
import './call.css';

/** How they came: number → IVR path → group; for calls we made, with what number and why. */
export function CameIn(props: { card: CallCard }) {
  const { card } = props;
  const { t } = useTranslation('call');
  const words = useCallWords();
  const outbound = card.direction === 'OUTBOUND';
  const steps = outbound
    ? [words.direction(card.direction), `${t('callerId')} ${card.from}`]
    : [
        `${t('calledNumber')} ${card.to}`,
        ...(card.ivrPath?.length ? card.ivrPath : [t('noPath')]),
        ...(card.groupName ? [card.groupName] : []),
      ];
  return (
    <section className="came-in panel" data-testid="came-in">
      <h2 className="panel-title">{t('cameIn')}</h2>
      <ol className="came-in-steps">
        {steps.map((step, index) => (
          <li key={`${String(index)} ${step}`}>{step}</li>
        ))}
      </ol>
      {card.remark ? (
        <p className="came-in-remark ellipsis" title={card.remark}>
          <span className="muted">{t('remark')}</span> {card.remark}
        </p>
      ) : null}
    </section>
  );
}
