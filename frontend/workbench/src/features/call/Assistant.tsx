import {
  CopyOutlined,
  HistoryOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDeskUi } from '@/ui/deskUi';
import './call.css';

/** The assistant area: what is commonly done about the person in front of you. */
export function Assistant(props: {
  number: string | undefined;
  mayCall: boolean;
  onRecords: () => void;
}) {
  const { number } = props;
  const { t } = useTranslation('call');
  const { openDial, setHelpOpen } = useDeskUi();
  const { message } = App.useApp();
  return (
    <aside className="assistant" aria-labelledby="assistant-title">
      <h2 className="panel-title assistant-title" id="assistant-title">
        {t('assistant')}
      </h2>
      <h3 className="small muted assistant-group">{t('commonActions')}</h3>
      {number ? (
        <>
          {props.mayCall ? (
            <Button
              type="text"
              block
              icon={<PhoneOutlined />}
              onClick={() => {
                openDial('fab', number);
              }}
            >
              {t('callBack', { number })}
            </Button>
          ) : null}
          <Button
            type="text"
            block
            icon={<CopyOutlined />}
            onClick={() => {
              void navigator.clipboard
                .writeText(number)
                .then(() => message.success(t('copied'), 1));
            }}
          >
            {t('copyNumber')}
          </Button>
        </>
      ) : null}
      <Button type="text" block icon={<HistoryOutlined />} onClick={props.onRecords}>
        {t('openRecords')}
      </Button>
      <Button
        type="text"
        block
        icon={<QuestionCircleOutlined />}
        onClick={() => {
          setHelpOpen(true);
        }}
      >
        {t('showKeys')}
      </Button>
    </aside>
  );
}
