import SpecReporter from '../spec/src/reporter.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  build: {
    lib: { entry: 'src/ringmaster.ts', formats: ['es'], fileName: 'ringmaster' },
    sourcemap: true,
  },
  test: {
    environment: 'node',
    reporters: ['default', new SpecReporter('sdk', '../target/spec-results/sdk.json')],
  },
});
