import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { WholePage } from './WholePage';

/** A direct address without the right to it (ADM-006). */
export function ForbiddenPage(props: { onBack: () => void }) {
  const { t } = useTranslation('identity');
  return (
    <WholePage
      icon={<StopOutlined />}
      title={t('forbiddenTitle')}
      text={t('forbiddenText')}
      testId="forbidden-page"
    >
      <Button type="primary" onClick={props.onBack}>
        {t('forbiddenBack')}
      </Button>
    </WholePage>
  );
}
