import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { WholePage } from './WholePage';

/** Another browser has taken the session over (AGT-012): the line here is closed, and the page says so. */
export function SupersededPage(props: { onAgain: () => void }) {
  const { t } = useTranslation('identity');
  return (
    <WholePage
      icon={<SwapOutlined />}
      title={t('supersededTitle')}
      text={t('supersededText')}
      testId="superseded-page"
    >
      <Button type="primary" onClick={props.onAgain} data-testid="superseded-again">
        {t('supersededAgain')}
      </Button>
    </WholePage>
  );
}
