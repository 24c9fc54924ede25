import { ExperimentOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { BreakButton, StateControls } from '@/features/agent/StateControls';
import { StatePill } from '@/features/agent/StatePill';
import { DialForm } from '@/features/call/DialForm';
import { ProfileCard } from '@/features/identity/ProfileCard';
import { HotlineButton } from '@/features/queue/HotlineButton';
import { ActionButton } from '@/actions/ActionButton';
import { usePhoneView } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { useDeskUi } from '@/ui/deskUi';
import { LanguageSwitch } from '@/ui/LanguageSwitch';

/** Always the same things in the same places: instance, hotline, state, next step, person. */
export function TopBar(props: { isAgent: boolean }) {
  const { me, logOut } = useSession();
  const { agent } = usePhoneView();
  return (
    <header className="top">
      <div className="top-name">
        <strong className="ellipsis">{me.instance.name}</strong>
        <SimulationLabel />
      </div>
      {props.isAgent ? (
        <>
          <HotlineButton groupIds={me.groups.map((group) => group.id)} dialPad={<DialPad />} />
          <StateControls />
          <StatePill />
        </>
      ) : null}
      <LanguageSwitch compact />
      <ProfileCard
        me={me}
        onDuty={agent !== undefined && agent.state !== 'OFF'}
        onLogOut={() => void logOut()}
      />
    </header>
  );
}

/** The dial pad with the state menu beside it (AGT-021). */
function DialPad() {
  const { openDial } = useDeskUi();
  return (
    <div className="dial-pad" data-testid="dial-pad">
      <DialForm
        from="dialPad"
        onCalled={() => {
          openDial(null);
        }}
      />
      <div className="dial-pad-states">
        <BreakButton testId="pad-break" />
        <ActionButton name="offWork" testId="pad-off" />
      </div>
    </div>
  );
}

/** Says so while the callers are simulated; nobody must take them for customers. */
function SimulationLabel() {
  const { t } = useTranslation('app');
  const { rest } = useSession();
  const system = useQuery({
    queryKey: ['system'],
    queryFn: () => rest.system(),
    staleTime: 60_000,
  });
  const telephony = system.data?.telephony;
  if (!telephony?.simulatedCarrier) return null;
  const label = (
    <>
      <ExperimentOutlined aria-hidden /> {t('simulated')}
    </>
  );
  return (
    <Tooltip title={`${t('simulatedHint')} ${telephony.carrierUrl ? t('carrierPage') : ''}`}>
      {telephony.carrierUrl ? (
        <a
          className="simulated small"
          href={telephony.carrierUrl}
          target="_blank"
          rel="noreferrer"
          data-testid="simulated-carrier"
        >
          {label}
        </a>
      ) : (
        <span className="simulated small" data-testid="simulated-carrier">
          {label}
        </span>
      )}
    </Tooltip>
  );
}
