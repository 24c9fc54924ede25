import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { AutoAnswerSwitch } from '@/features/agent/AutoAnswerSwitch';
import { QueueBoard } from '@/features/queue/QueueBoard';
import { RecordsPage } from '@/features/recording/RecordsPage';
import { SettingsPage } from '@/features/settings/SettingsPage';
import { TruthPage } from '@/features/truth/TruthPage';
import { mayEnter } from '@/session/access';
import { useSession } from '@/session/SessionContext';

export function CallsPlace() {
  const filters = useSearch({ from: '/$address/session/calls' });
  const { address } = useParams({ from: '/$address/session/calls' });
  const navigate = useNavigate();
  const { me } = useSession();
  const mayAll = me.rights.includes('calls.all');
  return (
    <RecordsPage
      filters={mayAll && !mayEnter(me, 'desk') ? { ...filters, all: true } : filters}
      mayAll={mayAll}
      onFilters={(search) =>
        void navigate({ to: '/$address/calls', params: { address }, search, replace: true })
      }
    />
  );
}

export function QueuePlace() {
  return <QueueBoard />;
}

export function TruthPlace() {
  return <TruthPage />;
}

export function SettingsPlace() {
  const { me } = useSession();
  return <SettingsPage autoAnswer={mayEnter(me, 'desk') ? <AutoAnswerSwitch /> : null} />;
}
