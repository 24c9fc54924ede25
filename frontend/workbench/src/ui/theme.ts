import { theme as antdTheme, type ThemeConfig } from 'antd';

export type ThemeName = 'light' | 'dark';

/**
 * One accent colour on neutral surfaces, compact, on a 4 px grid. Colours of states are CSS variables in `ui/global.css`,
 * because they are used outside antd's components too.
 */
export function themeConfig(name: ThemeName): ThemeConfig {
  const dark = name === 'dark';
  const still =
    typeof window !== 'undefined' &&
    typeof window.matchMedia === 'function' &&
    window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    algorithm: dark
      ? [antdTheme.darkAlgorithm, antdTheme.compactAlgorithm]
      : [antdTheme.defaultAlgorithm, antdTheme.compactAlgorithm],
    token: {
      colorPrimary: dark ? '#6f9bff' : '#2456d6',
      colorLink: dark ? '#8fb1ff' : '#2456d6',
      colorBgLayout: dark ? '#14161a' : '#f3f4f6',
      colorBgContainer: dark ? '#1c1f25' : '#ffffff',
      colorBgElevated: dark ? '#23272f' : '#ffffff',
      colorBorder: dark ? '#4a505c' : '#c9ced6',
      colorBorderSecondary: dark ? '#2e333c' : '#e3e6eb',
      colorText: dark ? '#eceef2' : '#1b1f27',
      colorTextSecondary: dark ? '#b4bac6' : '#545c6b',
      colorTextTertiary: dark ? '#9aa1af' : '#5f697c',
      colorTextPlaceholder: dark ? '#8b93a3' : '#737b8c',
      borderRadius: 6,
      // The compact algorithm takes two off: text is 14 px.
      fontSize: 16,
      fontFamily:
        "'Inter', -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans', sans-serif",
      controlHeight: 36,
      motion: !still,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        // White words on a solid button need 4.5 : 1, so the dark theme's button is darker than its accent.
        ...(dark
          ? {
              colorPrimary: '#3566dc',
              colorPrimaryHover: '#2d5bc9',
              colorPrimaryActive: '#264eb0',
              colorError: '#d0382c',
            }
          : {}),
      },
    },
  };
}
