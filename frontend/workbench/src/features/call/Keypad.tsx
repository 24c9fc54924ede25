import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsking } from '@/actions/asking';
import { usePhone } from '@/phone/PhoneContext';
import './call.css';

const KEYS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

const NAMES: Record<string, string> = { '*': 'star', '#': 'hash' };

/** Twelve keys; used for digits in a call and for a number to dial. */
export function KeyGrid(props: { onKey: (key: string) => void }) {
  const { t } = useTranslation('call');
  return (
    <div className="key-grid">
      {KEYS.map(([key, letters]) => (
        <button
          key={key}
          type="button"
          className="key"
          data-testid={`key-${NAMES[key] ?? key}`}
          aria-label={key === '*' ? t('keypadStar') : key === '#' ? t('keypadHash') : key}
          onClick={() => {
            props.onKey(key);
          }}
        >
          <span className="tnum">{key}</span>
          <small aria-hidden>{letters}</small>
        </button>
      ))}
    </div>
  );
}

/** Sends keys into the call, by mouse or by the keyboard's digits. What was sent is counted, not shown: it may be a secret. */
export function Keypad(props: { callId: string }) {
  const { callId } = props;
  const { t } = useTranslation('call');
  const phone = usePhone();
  const ask = useAsking((state) => state.ask);
  const [sent, setSent] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const order = useRef(Promise.resolve());

  const send = (key: string) => {
    // One after the other, so that quick typing arrives in order.
    order.current = order.current.then(async () => {
      if (await ask(`dtmf`, () => phone.sendDtmf(callId, key))) setSent((count) => count + 1);
    });
  };
  useEffect(() => {
    box.current?.focus();
  }, []);

  return (
    <div
      ref={box}
      tabIndex={-1}
      className="keypad"
      data-testid="keypad"
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || !/^[0-9*#]$/.test(event.key)) return;
        event.preventDefault();
        send(event.key);
      }}
    >
      <KeyGrid
        onKey={(key) => {
          send(key);
        }}
      />
      <p className="small muted keypad-said" role="status">
        {sent > 0 ? t('keypadSent', { count: sent }) : t('keypadHint')}
      </p>
    </div>
  );
}
