import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['*/dist/**', 'workbench/dev/**', 'workbench/public/**', 'target/**', '*.js'] },
  tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['workbench/src/features/*/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['../*', '@/features/*'],
              message: 'Features meet in app/, not in each other.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['workbench/src/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'RTCPeerConnection'].map((name) => ({
          name,
          message: 'The sdk talks to the server and to the telephone; the workbench uses the sdk.',
        })),
      ],
    },
  },
);
