import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

/** Asks before a session in another browser, perhaps in a call, is taken over (AGT-012). */
export function TakeOverDialog(props: { onTakeOver: () => void; onLeave: () => void }) {
  const { t } = useTranslation('identity');
  return (
    <Modal
      open
      wrapProps={{ 'data-testid': 'takeover-dialog' }}
      centered
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      title={t('takeOverTitle')}
      okText={t('takeOverConfirm')}
      cancelText={t('takeOverCancel')}
      onOk={props.onTakeOver}
      onCancel={props.onLeave}
      okButtonProps={{ autoFocus: true, 'data-testid': 'takeover-confirm' }}
      cancelButtonProps={{ 'data-testid': 'takeover-cancel' }}
    >
      <p>{t('takeOverText')}</p>
    </Modal>
  );
}
