import {
  CustomerServiceOutlined,
  FieldTimeOutlined,
  HistoryOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayEnter, PLACES, type Place } from '@/session/access';
import { useSession } from '@/session/SessionContext';
import { Logo } from '@/ui/Logo';

const ICONS: Record<Place, ReactNode> = {
  desk: <CustomerServiceOutlined />,
  calls: <HistoryOutlined />,
  queue: <FieldTimeOutlined />,
  truth: <SafetyCertificateOutlined />,
  settings: <SettingOutlined />,
};

/** Where one can go: only what the role may use (ADM-006). */
export function NavRail(props: { place: Place; onGo: (place: Place) => void }) {
  const { t } = useTranslation('app');
  const { me } = useSession();
  return (
    <nav className="rail" aria-label={t('navigation')}>
      <Logo size={32} />
      {PLACES.filter((place) => mayEnter(me, place)).map((place) => (
        <Tooltip key={place} title={t(`places.${place}`)} placement="right">
          <button
            type="button"
            className="rail-item"
            aria-current={props.place === place ? 'page' : undefined}
            aria-label={t(`places.${place}`)}
            data-testid={`nav-${place}`}
            onClick={() => {
              props.onGo(place);
            }}
          >
            <span className="rail-icon">{ICONS[place]}</span>
            <span className="rail-word">{t(`places.${place}`)}</span>
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}
