import { defineConfig } from 'vitest/config';
import SpecReporter from './src/reporter.ts';

export default defineConfig({
  test: {
    environment: 'node',
    reporters: ['default', new SpecReporter('spec', '../target/spec-results/spec.json')],
  },
});
