import { fileURLToPath } from 'node:url';
import SpecReporter from '../spec/src/reporter.ts';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  build: { chunkSizeWarningLimit: 1500 },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'jsdom',
    // One page for all files of a worker: loading the component library for each takes most of the time.
    isolate: false,
    testTimeout: 30_000,
    setupFiles: './src/test-setup.ts',
    include: ['src/**/*.test.{ts,tsx}'],
    reporters: ['default', new SpecReporter('workbench', '../target/spec-results/workbench.json')],
  },
});
