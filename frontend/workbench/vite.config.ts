import { fileURLToPath } from 'node:url';
import SpecReporter from '../spec/src/reporter.ts';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'jsdom',
    setupFiles: './src/test-setup.ts',
    include: ['src/**/*.test.{ts,tsx}'],
    reporters: ['default', new SpecReporter('workbench', '../target/spec-results/workbench.json')],
  },
});
