import SpecReporter from '../spec/src/reporter.ts';
import { defineConfig } from 'vitest/config';

// Tests in a real browser against a real node: run by `./ringmaster test` after everything is built.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.ts'],
    passWithNoTests: true,
    fileParallelism: false,
    // A CI machine is shared and may stall for a second; where somebody watches, a test that fails once is a bug to be seen.
    retry: process.env.CI === undefined ? 0 : 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', new SpecReporter('browser', '../target/spec-results/browser.json')],
  },
});
