import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '@/i18n/language';

/** One press to the other language; named in that language, so that who needs it can read it. */
export function LanguageSwitch(props: { compact?: boolean }) {
  const { i18n } = useTranslation();
  const other = i18n.language === 'zh' ? 'en' : 'zh';
  const name = other === 'zh' ? '中文' : 'English';
  return (
    <Button
      type="text"
      icon={<GlobalOutlined />}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      aria-label={name}
      title={name}
      data-testid="lang-switch"
      onClick={() => {
        switchLanguage(other);
      }}
    >
      {props.compact ? (other === 'zh' ? '中' : 'EN') : name}
    </Button>
  );
}
