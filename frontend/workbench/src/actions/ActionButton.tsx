import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from './ActionsContext';
import { useActionLabel } from './actionLabel';
import { useAsking } from './asking';
import { chordWords, useKeys, type ActionName } from './keys';
import './actions.css';

/** The button of an action: its word, its key, and "asking…" in the same place while the server decides. */
export function ActionButton(props: {
  name: ActionName;
  testId: string;
  icon?: ReactNode;
  kind?: 'primary' | 'danger' | 'default';
  size?: 'large' | 'middle';
  pressed?: boolean;
  autoFocus?: boolean;
  showKey?: boolean;
  className?: string;
}) {
  const action = useAction(props.name);
  const label = useActionLabel()(action);
  const { t } = useTranslation('actions');
  const asking = useAsking((state) => state.asked.has(props.name));
  const chord = chordWords(useKeys((state) => state.keys[props.name]));
  const kind = props.kind ?? 'default';
  return (
    <Tooltip title={action.enabled ? chord : (action.whyNot ?? chord)} mouseEnterDelay={0.4}>
      <Button
        className={`action-button ${props.className ?? ''}`}
        size={props.size ?? 'middle'}
        type={kind === 'primary' ? 'primary' : 'default'}
        danger={kind === 'danger'}
        icon={props.icon}
        disabled={!action.enabled}
        autoFocus={props.autoFocus ?? false}
        aria-busy={asking}
        aria-keyshortcuts={chord}
        {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
        data-testid={props.testId}
        onClick={action.perform}
      >
        <span className={asking ? 'hidden-words' : ''}>
          {label}
          {props.showKey ? <kbd className="action-key">{chord}</kbd> : null}
        </span>
        {asking ? <span className="action-asking">{t('asking')}</span> : null}
      </Button>
    </Tooltip>
  );
}
