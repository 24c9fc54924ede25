import { CloseOutlined, WarningFilled } from '@ant-design/icons';
import { codeOf, RingmasterError } from '@ringmaster/sdk';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsking } from '@/actions/asking';
import { usePhone } from '@/phone/PhoneContext';
import { useRefusalWords } from '@/ui/refusalWords';

const SHOWN_FOR_MS = 8_000;

/** What was refused and why, at the lower left where nothing is worked on; gone with the next press, or after a while. */
export function RefusalToast() {
  const { t } = useTranslation('app');
  const words = useRefusalWords();
  const phone = usePhone();
  const { refused, putAway } = useAsking();
  const [fault, setFault] = useState<RingmasterError>();
  useEffect(
    () =>
      phone.on('error', ({ code, message }) => {
        setFault(new RingmasterError(code, message));
      }),
    [phone],
  );
  useEffect(() => {
    if (!refused) return undefined;
    const timer = setTimeout(putAway, SHOWN_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [refused, putAway]);
  useEffect(() => {
    if (!fault) return undefined;
    const timer = setTimeout(() => {
      setFault(undefined);
    }, SHOWN_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [fault]);

  const thrown = refused?.thrown ?? fault;
  return (
    <div className="toasts" role="alert" aria-live="assertive">
      {thrown ? (
        <div className="toast fade-in" data-testid="refusal" data-code={codeOf(thrown)}>
          <WarningFilled aria-hidden />
          <div>{words(thrown)}</div>
          <button
            type="button"
            className="icon-button"
            aria-label={t('close')}
            onClick={() => {
              putAway();
              setFault(undefined);
            }}
          >
            <CloseOutlined />
          </button>
        </div>
      ) : null}
    </div>
  );
}
