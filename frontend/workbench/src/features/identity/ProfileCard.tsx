import { LogoutOutlined } from '@ant-design/icons';
import type { Me } from '@ringmaster/sdk';
import { Avatar, Button, Popover, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { nameIn } from '@/ui/nameIn';
import './identity.css';

/** Account, department, business unit and skill groups, to be confirmed before work (AGT-020). */
export function ProfileCard(props: { me: Me; onDuty: boolean; onLogOut: () => void }) {
  const { me, onDuty } = props;
  const { t, i18n } = useTranslation('identity');
  const roles = me.roles.map((role) =>
    role === 'agent' || role === 'admin' || role === 'operator' ? t(`roleNames.${role}`) : role,
  );
  const card = (
    <div className="profile" data-testid="profile-card">
      <div className="profile-head">
        <Avatar size={40}>{me.displayName.slice(0, 1)}</Avatar>
        <div>
          <div className="profile-name">{me.displayName}</div>
          <div className="muted small">{roles.join(' · ')}</div>
        </div>
      </div>
      <dl>
        <dt>{t('account')}</dt>
        <dd>{me.login}</dd>
        <dt>{t('department')}</dt>
        <dd>{me.department ?? t('none')}</dd>
        <dt>{t('businessUnit')}</dt>
        <dd>{me.businessUnit ?? t('none')}</dd>
        <dt>{t('groups')}</dt>
        <dd>
          {me.groups.length === 0
            ? t('noGroups')
            : me.groups.map((group) => <Tag key={group.id}>{nameIn(group, i18n.language)}</Tag>)}
        </dd>
      </dl>
      <Tooltip title={onDuty ? t('logOutOnDuty') : undefined}>
        <Button
          block
          icon={<LogoutOutlined />}
          disabled={onDuty}
          onClick={props.onLogOut}
          data-testid="btn-log-out"
        >
          {t('logOut')}
        </Button>
      </Tooltip>
    </div>
  );
  return (
    <Popover content={card} trigger="click" placement="bottomRight">
      <button
        type="button"
        className="avatar-button"
        aria-label={me.displayName}
        data-testid="profile-button"
      >
        <Avatar size={32}>{me.displayName.slice(0, 1)}</Avatar>
      </button>
    </Popover>
  );
}
