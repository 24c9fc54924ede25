import { CloudServerOutlined } from '@ant-design/icons';
import { codeOf, type Me, type RestClient } from '@ringmaster/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SupersededPage } from '@/features/identity/SupersededPage';
import { TakeOverDialog } from '@/features/identity/TakeOverDialog';
import { WholePage } from '@/features/identity/WholePage';
import { keepToken, restOf } from '@/session/session';
import { useRefusalWords } from '@/ui/refusalWords';
import { SessionDesk } from './SessionDesk';
import { usePhoneOf } from './usePhoneOf';

/** From a token to a desk: asks who it is, opens the phone, and says in words what stands in between. */
export function SessionShell() {
  const { address } = useParams({ from: '/$address/session' });
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { t } = useTranslation('identity');
  const refusalWords = useRefusalWords();
  const [rest] = useState(() => restOf(address));
  const me = useQuery({
    queryKey: ['me'],
    queryFn: () => rest.me(),
    retry: (count, error) =>
      codeOf(error) === 'NoConnection' || codeOf(error) === 'Unavailable' || count < 1,
    retryDelay: 1_500,
    staleTime: 60_000,
  });

  const leave = useCallback(
    (over: boolean) => {
      keepToken(address, null);
      cache.clear();
      void navigate({
        to: '/$address/login',
        params: { address },
        search: over ? { over: true } : {},
      });
    },
    [address, cache, navigate],
  );
  const tokenIsDead = me.error !== null && ['AUTH', 'Unauthorized'].includes(codeOf(me.error));
  useEffect(() => {
    if (tokenIsDead) leave(true);
  }, [tokenIsDead, leave]);

  if (me.data)
    return (
      <Entered key={me.data.agentId} address={address} me={me.data} rest={rest} onLeave={leave} />
    );
  const failed = me.error ?? me.failureReason;
  return failed ? (
    <WholePage icon={<CloudServerOutlined />} title={t('enterFailed')} text={refusalWords(failed)}>
      <Button type="primary" onClick={() => void me.refetch()}>
        {t('retry')}
      </Button>
    </WholePage>
  ) : (
    <p className="entering muted" role="status">
      {t('entering')}
    </p>
  );
}

function Entered(props: {
  address: string;
  me: Me;
  rest: RestClient;
  onLeave: (over: boolean) => void;
}) {
  const { address, me, rest, onLeave } = props;
  const { t } = useTranslation('identity');
  const refusalWords = useRefusalWords();
  const { phone, refused, superseded, takeOver, again } = usePhoneOf(address, me);
  const tokenIsDead = refused !== undefined && codeOf(refused) === 'AUTH';
  useEffect(() => {
    if (tokenIsDead) onLeave(true);
  }, [tokenIsDead, onLeave]);

  const logOut = async () => {
    phone?.close({ bye: true });
    await rest.logout().catch(() => undefined); // an unreachable server lets the token run out
    onLeave(false);
  };

  if (superseded) return <SupersededPage onAgain={again} />;
  if (refused !== undefined && codeOf(refused) === 'TakeOverRequired')
    return <TakeOverDialog onTakeOver={takeOver} onLeave={() => void logOut()} />;
  if (refused !== undefined && !tokenIsDead)
    return (
      <WholePage
        icon={<CloudServerOutlined />}
        title={t('enterFailed')}
        text={refusalWords(refused)}
      >
        <Button type="primary" onClick={again}>
          {t('retry')}
        </Button>
      </WholePage>
    );
  if (!phone) return null;
  return <SessionDesk session={{ address, me, rest, logOut }} phone={phone} />;
}
