import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '@/ui/preferences';
import { themeConfig, type ThemeName } from '@/ui/theme';
import { createAppRouter } from './router';
import '@/ui/global.css';
import './app.css';

/** Providers around the one router: words, looks, server truth. */
export function App() {
  const { i18n } = useTranslation();
  const theme = useThemeName();
  dayjs.locale(i18n.language === 'zh' ? 'zh-cn' : 'en');
  const [router] = useState(createAppRouter);
  const [queries] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: true } } }),
  );
  return (
    <ConfigProvider
      theme={themeConfig(theme)}
      locale={i18n.language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app-root">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function useThemeName(): ThemeName {
  const choice = usePreferences((state) => state.theme);
  const dark = useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia('(prefers-color-scheme: dark)');
      query.addEventListener('change', changed);
      return () => {
        query.removeEventListener('change', changed);
      };
    },
    () => window.matchMedia('(prefers-color-scheme: dark)').matches,
  );
  const name = choice === 'system' ? (dark ? 'dark' : 'light') : choice;
  useEffect(() => {
    document.documentElement.dataset['theme'] = name;
  }, [name]);
  return name;
}
