import { CoffeeOutlined, PoweroffOutlined, UndoOutlined } from '@ant-design/icons';
import type { BreakReason } from '@ringmaster/sdk';
import { Button, Dropdown, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '@/actions/ActionButton';
import { useAction } from '@/actions/ActionsContext';
import { useActionLabel } from '@/actions/actionLabel';
import { useAsking } from '@/actions/asking';
import { chordWords, useKeys } from '@/actions/keys';
import { usePhone, usePhoneView } from '@/phone/PhoneContext';
import { useDeskUi } from '@/ui/deskUi';
import './agent.css';

export const BREAK_REASONS: readonly BreakReason[] = [
  'rest',
  'meal',
  'meeting',
  'training',
  'coaching',
];

/** What comes next as the one prominent button, and beside it break and off duty. Each always in its own place. */
export function StateControls() {
  const { t } = useTranslation('agent');
  const phone = usePhone();
  const { agent, connection } = usePhoneView();
  const off = !agent || agent.state === 'OFF';
  const next = off || agent.state === 'ACW' || agent.state === 'BREAK';
  return (
    <div className="state-controls">
      <div className="state-next">
        {connection.socket === 'lost' ? (
          <Button
            type="primary"
            size="large"
            danger
            data-testid="btn-retry"
            onClick={() => {
              phone.retryNow();
            }}
          >
            {t('connection.retry')}
          </Button>
        ) : next ? (
          <ActionButton
            name="work"
            kind="primary"
            size="large"
            testId={off ? 'btn-start-work' : 'btn-continue'}
          />
        ) : null}
      </div>
      {agent?.pending ? (
        <ActionButton
          name="cancelPending"
          testId="btn-cancel-pending"
          icon={<UndoOutlined />}
          size="large"
        />
      ) : (
        <BreakButton testId="btn-break" size="large" />
      )}
      <ActionButton name="offWork" testId="btn-off" icon={<PoweroffOutlined />} size="large" />
    </div>
  );
}

/** Break, with its reasons. */
export function BreakButton(props: { testId: string; size?: 'large' | 'middle' }) {
  const { t } = useTranslation('agent');
  const phone = usePhone();
  const action = useAction('break');
  const label = useActionLabel()(action);
  const chord = chordWords(useKeys((state) => state.keys.break));
  const ask = useAsking((state) => state.ask);
  const asking = useAsking((state) => state.asked.has('break'));
  const { breakOpen, setBreakOpen } = useDeskUi();
  const main = props.testId === 'btn-break';
  return (
    <Dropdown
      trigger={['click']}
      disabled={!action.enabled}
      {...(main ? { open: breakOpen, onOpenChange: setBreakOpen } : {})}
      autoFocus
      menu={{
        items: BREAK_REASONS.map((reason) => ({
          key: reason,
          label: <span data-testid={`break-reason-${reason}`}>{t(`reason.${reason}`)}</span>,
        })),
        onClick: ({ key }) => {
          setBreakOpen(false);
          void ask('break', () => phone.break(key as BreakReason));
        },
      }}
    >
      {/* An open menu has the place of the tooltip, which would lie over its first line. */}
      <Tooltip
        title={main && breakOpen ? '' : action.enabled ? chord : (action.whyNot ?? chord)}
        mouseEnterDelay={0.4}
      >
        <Button
          size={props.size ?? 'middle'}
          className="action-button"
          icon={<CoffeeOutlined />}
          disabled={!action.enabled}
          aria-busy={asking}
          aria-haspopup="menu"
          aria-keyshortcuts={chord}
          data-testid={props.testId}
        >
          {label}
        </Button>
      </Tooltip>
    </Dropdown>
  );
}
