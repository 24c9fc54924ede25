import type { Phone } from '@ringmaster/sdk';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionsContext } from '@/actions/ActionsContext';
import { CommandBar, useActionCommands } from '@/actions/CommandBar';
import { KeyHelp } from '@/actions/KeyHelp';
import { useKeyListener } from '@/actions/useKeyListener';
import { Fab } from '@/features/call/Fab';
import { useIncomingNotification } from '@/features/call/useIncomingNotification';
import { ForbiddenPage } from '@/features/identity/ForbiddenPage';
import { PhoneContext, usePhone, usePhoneView } from '@/phone/PhoneContext';
import { firstPlace, mayEnter, PLACES, type Place } from '@/session/access';
import { SessionContext, useSession, type Session } from '@/session/SessionContext';
import { useDeskUi } from '@/ui/deskUi';
import { useDeskActions } from './desk/useDeskActions';
import { NavRail } from './NavRail';
import { RefusalToast } from './RefusalToast';
import { TopBar } from './TopBar';

/** Everything that is the same on every page of a session: the phone, its sound, navigation, the state at the top, the keys. */
export function SessionDesk(props: { session: Session; phone: Phone }) {
  return (
    <SessionContext value={props.session}>
      <PhoneContext value={props.phone}>
        <Frame />
      </PhoneContext>
    </SessionContext>
  );
}

function Frame() {
  const phone = usePhone();
  const { me, address } = useSession();
  const { agent, call } = usePhoneView();
  const { t, i18n } = useTranslation('app');
  const navigate = useNavigate();
  const actions = useDeskActions();
  const { helpOpen, setHelpOpen, commandOpen, setCommandOpen } = useDeskUi();
  const place = usePlace(address);
  const isAgent = mayEnter(me, 'desk');
  useKeyListener(actions);
  useIncomingNotification();
  useTitleOf(me.instance.name);
  useFreeSight();
  useLeaveWarning(agent !== undefined && agent.state !== 'OFF');

  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current) phone.attachAudio(audio.current);
  }, [phone]);

  const goTo = (to: Place) => {
    void navigate({ to: PATHS[to], params: { address } });
  };
  const commands = [
    ...useActionCommands(isAgent ? Object.values(actions) : [actions.keyHelp]),
    ...PLACES.filter((each) => mayEnter(me, each)).map((each) => ({
      id: `go-${each}`,
      words: {
        zh: i18n.getFixedT('zh', 'actions')('goTo', {
          place: i18n.getFixedT('zh', 'app')(`places.${each}`),
        }),
        en: i18n.getFixedT('en', 'actions')('goTo', {
          place: i18n.getFixedT('en', 'app')(`places.${each}`),
        }),
      },
      enabled: true,
      perform: () => {
        goTo(each);
      },
    })),
  ];
  return (
    <ActionsContext value={actions}>
      <div className="frame">
        <NavRail place={place} onGo={goTo} />
        <TopBar isAgent={isAgent} />
        <div className="frame-body">
          {mayEnter(me, place) ? (
            <Outlet />
          ) : (
            <ForbiddenPage
              onBack={() => {
                goTo(firstPlace(me));
              }}
            />
          )}
        </div>
      </div>
      {isAgent ? <Fab /> : null}
      <RefusalToast />
      <CommandBar
        open={commandOpen}
        commands={commands}
        onClose={() => {
          setCommandOpen(false);
        }}
      />
      <KeyHelp
        open={helpOpen}
        onClose={() => {
          setHelpOpen(false);
        }}
      />
      <audio
        ref={audio}
        autoPlay
        data-testid="remote-audio"
        data-call-phase={call?.phase ?? ''}
        aria-label={t('places.desk')}
      />
    </ActionsContext>
  );
}

const PATHS = {
  desk: '/$address',
  calls: '/$address/calls',
  queue: '/$address/queue',
  truth: '/$address/truth',
  settings: '/$address/settings',
} as const satisfies Record<Place, string>;

function usePlace(address: string): Place {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const rest = path.slice(address.length + 1).replace(/^\/|\/$/g, '');
  return PLACES.find((place) => place === rest) ?? 'desk';
}

/** The dial pad would stand before the incoming card: it makes room, and what was written in it is kept. A keypad ends with its call. */
function useFreeSight(): void {
  const phone = usePhone();
  useEffect(() => {
    const offRinging = phone.on('ringing', () => {
      const { dialFrom, openDial } = useDeskUi.getState();
      if (dialFrom === 'dialPad') openDial(null);
    });
    const offEnded = phone.on('ended', () => {
      useDeskUi.getState().setKeypadOpen(false);
    });
    return () => {
      offRinging();
      offEnded();
    };
  }, [phone]);
}

/** The tab's title carries the state, for whoever looks at another page. */
function useTitleOf(name: string): void {
  const { t } = useTranslation(['app', 'agent']);
  const { agent } = usePhoneView();
  const state = t(`agent:state.${agent?.state ?? 'OFF'}`);
  useEffect(() => {
    document.title = t('app:title', { state, name });
  }, [t, state, name]);
}

/** Closing the tab on duty is irregular (ENV-009): the browser asks first. */
function useLeaveWarning(onDuty: boolean): void {
  useEffect(() => {
    if (!onDuty) return undefined;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [onDuty]);
}
