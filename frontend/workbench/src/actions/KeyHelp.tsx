import { PrinterOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ACTION_NAMES, chordWords, useKeys } from './keys';
import './actions.css';

/** The list of keys (`?`), to be read here or printed and pinned beside the screen. */
export function KeyHelp(props: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('actions');
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      title={t('keysTitle')}
      width={480}
      footer={
        <Button
          icon={<PrinterOutlined />}
          onClick={() => {
            window.print();
          }}
        >
          {t('keysPrint')}
        </Button>
      }
    >
      <div className={props.open ? 'keys-print' : ''} data-testid="key-help">
        <KeysTable />
        <p className="muted small">{t('keysAnywhere')}</p>
      </div>
    </Modal>
  );
}

function KeysTable() {
  const { t } = useTranslation('actions');
  const keys = useKeys((state) => state.keys);
  return (
    <table className="keys-table">
      <tbody>
        {ACTION_NAMES.map((name) => (
          <tr key={name}>
            <td>
              {name === 'work'
                ? `${t('work')} / ${t('continue')}`
                : name === 'hold'
                  ? `${t('hold')} / ${t('resume')}`
                  : t(name)}
            </td>
            <td>
              <kbd>{chordWords(keys[name])}</kbd>
            </td>
          </tr>
        ))}
        <tr>
          <td>{t('keysInNote')}</td>
          <td>
            <kbd>{chordWords('Mod+Enter')}</kbd>
          </td>
        </tr>
        <tr>
          <td>{t('keysInKeypad')}</td>
          <td>
            <kbd>0–9 * #</kbd>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
