import { CloseOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDeskUi } from '@/ui/deskUi';
import { DialForm } from './DialForm';
import './call.css';

/** The four-leaf button at the lower right: call out with a caller ID and a remark that is kept with the record. */
export function Fab() {
  const { t } = useTranslation('call');
  const { dialFrom, openDial } = useDeskUi();
  const open = dialFrom === 'fab';
  return (
    <>
      {open ? (
        <section
          className="fab-card panel fade-in"
          aria-label={t('callOut')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') openDial(null);
          }}
        >
          <header className="fab-head">
            <h2 className="panel-title">{t('callOut')}</h2>
            <button
              type="button"
              className="icon-button"
              aria-label={t('dialClose')}
              onClick={() => {
                openDial(null);
              }}
            >
              <CloseOutlined />
            </button>
          </header>
          <DialForm
            from="fab"
            onCalled={() => {
              openDial(null);
            }}
          />
        </section>
      ) : null}
      <Tooltip title={t('fab')} placement="left">
        <button
          type="button"
          className="fab"
          aria-label={t('fab')}
          aria-expanded={open}
          data-testid="fab"
          onClick={() => {
            openDial(open ? null : 'fab');
          }}
        >
          <svg width="26" height="26" viewBox="0 0 26 26" fill="currentColor" aria-hidden>
            {[0, 90, 180, 270].map((turn) => (
              <path
                key={turn}
                transform={`rotate(${String(turn)} 13 13)`}
                d="M12.2 12.2C8 12.2 4 10.6 4 7.6C4 6 5.1 5 6.4 5c0-1.4 1-2.4 2.5-2.4 2.800 0 3.5 4.6 3.3 9.6Z"
              />
            ))}
          </svg>
        </button>
      </Tooltip>
    </>
  );
}
