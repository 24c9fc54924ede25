import type { CallCard, CallRecord } from '@ringmaster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/features/agent/Notice';
import { Assistant } from '@/features/call/Assistant';
import { callQuery } from '@/features/call/callQueries';
import { CallSlot } from '@/features/call/CallSlot';
import { CameIn } from '@/features/call/CameIn';
import { ServiceList } from '@/features/call/ServiceList';
import { ServiceTrack } from '@/features/call/ServiceTrack';
import { useServiceRows } from '@/features/call/useServiceRows';
import { WrapUpNote } from '@/features/call/WrapUpNote';
import { usePhoneView } from '@/phone/PhoneContext';
import { useSession } from '@/session/SessionContext';
import { otherEnd } from '@/ui/callWords';
import './desk.css';

/** The desk: who is served, the person in front of you, and what helps (AGT-016). Layout only; the features do the rest. */
export function DeskPage() {
  const { t } = useTranslation('call');
  const { agent, call } = usePhoneView();
  const { rest } = useSession();
  const { address } = useParams({ from: '/$address/session/' });
  const { call: chosen } = useSearch({ from: '/$address/session/' });
  const navigate = useNavigate();
  const { serving, ended, failed } = useServiceRows();

  // The call the agent is with, or has just been with; what is chosen in the list comes before it, unless it is the same.
  const ownCallId = agent?.callId ?? agent?.note?.callId ?? undefined;
  const shownId = chosen ?? ownCallId;
  const isOwn = shownId !== undefined && shownId === ownCallId;
  const ownCard = isOwn && agent?.card?.callId === shownId ? agent.card : undefined;
  const record = useQuery(callQuery(rest, ownCard ? '' : (shownId ?? '')));
  const card = ownCard ?? (record.data ? cardOf(record.data) : undefined);
  const number = card ? otherEnd(card) : undefined;
  const choose = (callId: string | undefined) => {
    void navigate({
      to: '/$address',
      params: { address },
      search: callId === undefined || callId === ownCallId ? {} : { call: callId },
      replace: true,
    });
  };
  // A note that is still owed for an earlier call shows as well: without it there is no going on.
  const openNote =
    agent?.note && (agent.note.callId === shownId || (!chosen && !agent.note.saved))
      ? agent.note
      : undefined;

  return (
    <div className="desk">
      <ServiceList
        serving={serving}
        ended={ended}
        failed={failed}
        chosen={shownId}
        onChoose={(row) => {
          choose(row.callId);
        }}
      />
      <main className="desk-person">
        <CallSlot agent={agent} card={agent?.card ?? undefined} call={call} notice={<Notice />} />
        {card && !isOwn ? (
          <div className="desk-chosen small muted">
            {t('selectedEnded')} · <span className="tnum">{number}</span>
            <Button
              type="link"
              size="small"
              onClick={() => {
                choose(undefined);
              }}
            >
              {t('backToCurrent')}
            </Button>
          </div>
        ) : null}
        {card ? <CameIn card={card} /> : null}
        <div className="desk-columns">
          <ServiceTrack number={number} currentCallId={shownId} />
          <WrapUpNote open={openNote} shownCallId={shownId} kept={record.data?.note ?? undefined} />
        </div>
      </main>
      <Assistant
        number={number}
        mayCall={agent?.actions?.includes('call') === true}
        onRecords={() => void navigate({ to: '/$address/calls', params: { address } })}
      />
    </div>
  );
}

function cardOf(record: CallRecord): CallCard {
  return {
    callId: record.callId,
    direction: record.direction,
    from: record.from,
    to: record.to,
    displayName: record.displayName ?? null,
    area: record.area ?? null,
    ivrPath: record.ivrPath ?? null,
    groupName: record.group?.name ?? null,
    remark: record.remark ?? null,
  };
}
