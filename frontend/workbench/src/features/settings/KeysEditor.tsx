import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ACTION_NAMES, chordOf, chordWords, clash, useKeys, type ActionName } from '@/actions/keys';
import './settings.css';

/** Changes the keys; one that would write, that the browser owns, or that is taken, is refused with the reason. */
export function KeysEditor() {
  const { t } = useTranslation('actions');
  const { keys, change, restore } = useKeys();
  const [asking, setAsking] = useState<ActionName>();
  const [refused, setRefused] = useState<string>();

  useEffect(() => {
    if (!asking) return undefined;
    const listener = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') {
        setAsking(undefined);
        return;
      }
      const chord = chordOf(event);
      if (!chord) return;
      const reason = chord === '?' && asking === 'keyHelp' ? undefined : clash(keys, asking, chord);
      if (reason === 'typing') setRefused(t('clashTyping'));
      else if (reason === 'browser') setRefused(t('clashBrowser'));
      else if (reason) setRefused(t('clashOther', { other: t(reason) }));
      else {
        change(asking, chord);
        setAsking(undefined);
        setRefused(undefined);
      }
    };
    // Before the listener of the actions, which are told to wait while a key is chosen.
    document.addEventListener('keydown', listener, true);
    window.addEventListener('keydown', listener, true);
    return () => {
      document.removeEventListener('keydown', listener, true);
      window.removeEventListener('keydown', listener, true);
    };
  }, [asking, keys, change, t]);

  return (
    <>
      <table className="keys-table" data-testid="keys-editor">
        <tbody>
          {ACTION_NAMES.map((name) => (
            <tr key={name}>
              <td>{t(name)}</td>
              <td>
                {asking === name ? <em>{t('keysPress')}</em> : <kbd>{chordWords(keys[name])}</kbd>}
              </td>
              <td className="keys-change">
                <Button
                  size="small"
                  type="text"
                  data-testid={`key-change-${name}`}
                  onClick={() => {
                    setRefused(undefined);
                    setAsking(asking === name ? undefined : name);
                  }}
                >
                  {t('keysChange')}
                </Button>
                {asking === name && refused ? (
                  <span className="small field-error" role="alert">
                    {refused}
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button className="keys-restore" onClick={restore}>
        {t('keysRestore')}
      </Button>
    </>
  );
}
