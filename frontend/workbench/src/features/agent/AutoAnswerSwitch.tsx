import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAsking } from '@/actions/asking';
import { usePhone, usePhoneView } from '@/phone/PhoneContext';

/** Offered calls connect by themselves after a tone (AGT-024). Shows what the server has, never what was pressed. */
export function AutoAnswerSwitch() {
  const { t } = useTranslation('agent');
  const phone = usePhone();
  const { agent } = usePhoneView();
  const ask = useAsking((state) => state.ask);
  const asking = useAsking((state) => state.asked.has('autoAnswer'));
  const on = agent?.autoAnswer === true;
  return (
    <div className="setting-control">
      <Switch
        checked={on}
        disabled={!agent}
        aria-busy={asking}
        aria-label={t('autoAnswer')}
        data-testid="auto-answer"
        onChange={(wanted) => void ask('autoAnswer', () => phone.setAutoAnswer(wanted))}
      />
      <span className="muted">{on ? t('autoAnswerOn') : t('autoAnswerOff')}</span>
    </div>
  );
}
