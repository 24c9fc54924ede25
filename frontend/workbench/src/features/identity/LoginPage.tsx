import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { codeOf, RingmasterError, type RestClient } from '@ringmaster/sdk';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/ui/LanguageSwitch';
import { useRefusalWords } from '@/ui/refusalWords';
import { Logo } from '@/ui/Logo';
import './identity.css';

interface Fields {
  login: string;
  password: string;
}

/** The door of an instance: says whose it is, and why somebody could not come in. */
export function LoginPage(props: {
  address: string;
  rest: RestClient;
  sessionOver: boolean;
  onLogin: (accessToken: string) => void;
}) {
  const { address, rest, onLogin } = props;
  const { t } = useTranslation('identity');
  const refusalWords = useRefusalWords();
  const [refused, setRefused] = useState<unknown>();
  const [asking, setAsking] = useState(false);
  const instance = useQuery({
    queryKey: ['instance', address],
    queryFn: () => rest.instance(address),
    retry: (count, error) =>
      codeOf(error) === 'NoConnection' || codeOf(error) === 'Unavailable' || count < 1,
    retryDelay: 2_000,
    staleTime: 60_000,
  });
  const unknown = instance.error instanceof RingmasterError && instance.error.status === 404;
  const unreachable = instance.failureReason !== null && !unknown && !instance.isSuccess;

  const logIn = async ({ login, password }: Fields) => {
    setAsking(true);
    setRefused(undefined);
    try {
      const { accessToken } = await rest.login(address, login.trim(), password);
      onLogin(accessToken);
    } catch (thrown) {
      setRefused(thrown);
      setAsking(false);
    }
  };

  return (
    <main className="login">
      <div className="login-language">
        <LanguageSwitch />
      </div>
      <section className="login-card panel" aria-labelledby="login-title">
        <Logo />
        <h1 id="login-title" className="login-title" data-testid="login-instance">
          {instance.data?.name ?? (unknown ? t('unknownInstance') : t('product'))}
        </h1>
        <p className="muted login-subtitle">{t('workbench')}</p>
        {unknown ? (
          <Alert type="warning" showIcon title={t('unknownInstanceHint', { address })} />
        ) : (
          <Form<Fields>
            layout="vertical"
            requiredMark={false}
            disabled={asking}
            onFinish={(fields) => void logIn(fields)}
          >
            <Form.Item
              name="login"
              label={t('login')}
              rules={[{ required: true, whitespace: true, message: t('loginMissing') }]}
            >
              <Input
                autoFocus
                size="large"
                autoComplete="username"
                prefix={<UserOutlined aria-hidden />}
                placeholder={t('loginHint')}
                data-testid="login-name"
              />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('password')}
              rules={[{ required: true, message: t('passwordMissing') }]}
            >
              <Input.Password
                size="large"
                autoComplete="current-password"
                prefix={<LockOutlined aria-hidden />}
                data-testid="login-password"
              />
            </Form.Item>
            <div className="login-said" role="alert" aria-live="assertive">
              {refused !== undefined ? (
                <Alert
                  type={codeOf(refused) === 'AccountLocked' ? 'warning' : 'error'}
                  showIcon
                  title={refusalWords(refused)}
                  data-testid="login-error"
                  data-code={codeOf(refused)}
                />
              ) : unreachable ? (
                <Alert
                  type="warning"
                  showIcon
                  title={t('instanceUnreachable')}
                  description={t('instanceUnreachableHint')}
                />
              ) : props.sessionOver ? (
                <Alert type="info" showIcon title={t('sessionOver')} />
              ) : null}
            </div>
            <Button
              type="primary"
              size="large"
              htmlType="submit"
              block
              aria-busy={asking}
              data-testid="login-submit"
            >
              {asking ? t('submitting') : t('submit')}
            </Button>
          </Form>
        )}
      </section>
    </main>
  );
}
