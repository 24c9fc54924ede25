import { DeleteOutlined, PhoneFilled } from '@ant-design/icons';
import { codeOf, RingmasterError } from '@ringmaster/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone, usePhoneView } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { useDeskUi, type DialFrom } from '@/ui/deskUi';
import { useRefusalWords } from '@/ui/refusalWords';
import { callersQuery } from './callQueries';
import { KeyGrid } from './Keypad';
import './call.css';

/** Number, caller ID (the last used is chosen already) and remark: the form behind the FAB and the dial pad (AGT-029, AGT-032). */
export function DialForm(props: { from: DialFrom; onCalled: () => void }) {
  const { t } = useTranslation('call');
  const phone = usePhone();
  const { agent } = usePhoneView();
  const { rest } = useSession();
  const cache = useQueryClient();
  const refusalWords = useRefusalWords();
  const callers = useQuery(callersQuery(rest));
  const { dialNumber: number, writeNumber } = useDeskUi();
  const [chosen, setChosen] = useState<string>();
  const [remark, setRemark] = useState('');
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const callerId = chosen ?? callers.data?.[0]?.number;
  const possible = agent?.actions?.includes('call') === true;
  const dialable = number.replace(/[\s()-]/g, '');

  const call = async () => {
    if (dialable === '' || asking) return;
    setAsking(true);
    setRefused(undefined);
    try {
      await phone.call(dialable, {
        ...(callerId ? { callerId } : {}),
        ...(remark.trim() ? { remark: remark.trim() } : {}),
        source: props.from,
      });
      void cache.invalidateQueries({ queryKey: ['callers'] });
      writeNumber('');
      props.onCalled();
    } catch (thrown) {
      setRefused(thrown);
      setAsking(false);
    }
  };
  const wrongNumber =
    codeOf(refused) === 'InvalidNumber' ||
    (refused instanceof RingmasterError && refused.field === 'number');

  return (
    <form
      className="dial-form"
      data-testid="dial-form"
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
    >
      <label className="form-label">
        <span className="small muted">{t('number')}</span>
        <Input
          autoFocus
          size="large"
          className="tnum"
          inputMode="tel"
          autoComplete="off"
          placeholder={t('numberHint')}
          value={number}
          status={wrongNumber ? 'error' : ''}
          data-testid="dial-number"
          suffix={
            <button
              type="button"
              className="icon-button"
              aria-label={t('backspace')}
              hidden={number === ''}
              onClick={() => {
                writeNumber(number.slice(0, -1));
              }}
            >
              <DeleteOutlined />
            </button>
          }
          onChange={(event) => {
            writeNumber(event.target.value);
          }}
        />
      </label>
      {props.from === 'dialPad' ? (
        <KeyGrid
          onKey={(key) => {
            writeNumber(number + key);
          }}
        />
      ) : null}
      <div className="form-label">
        <span className="small muted">{t('callers')}</span>
        <Select
          value={callerId ?? null}
          loading={callers.isPending}
          status={codeOf(refused) === 'CallerNotAllowed' ? 'error' : ''}
          placeholder={callers.isSuccess ? t('callersNone') : ''}
          aria-label={t('callers')}
          data-testid="dial-caller"
          onChange={setChosen}
          options={(callers.data ?? []).map((caller) => ({
            value: caller.number,
            label: [caller.number, caller.description, caller.area].filter(Boolean).join(' · '),
          }))}
        />
      </div>
      {props.from === 'fab' ? (
        <label className="form-label">
          <span className="small muted">{t('remark')}</span>
          <Input.TextArea
            rows={2}
            maxLength={200}
            placeholder={t('remarkHint')}
            value={remark}
            data-testid="dial-remark"
            onChange={(event) => {
              setRemark(event.target.value);
            }}
          />
        </label>
      ) : null}
      <p className="small field-error dial-refused" role="alert" data-testid="dial-error">
        {refused === undefined ? (possible ? '' : t('dialNotNow')) : refusalWords(refused)}
      </p>
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        icon={<PhoneFilled />}
        disabled={!possible || dialable === ''}
        aria-busy={asking}
        data-testid="dial-submit"
      >
        {t('call')}
      </Button>
    </form>
  );
}
