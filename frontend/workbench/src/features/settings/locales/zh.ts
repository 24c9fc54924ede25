export const zh = {
  title: '设置',
  hotline: '热线',
  display: '显示',
  sound: '声音',
  keys: '快捷键',
  language: '语言',
  theme: '外观',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  autoAnswer: '自动接听',
  ring: '铃声音量',
  ringTest: '试听',
  keysHint: '在任何页面都有效，也不会影响输入。点击“修改”后按下新的组合键。',
};
