import { defineConfig } from 'vitest/config';

// Measurements that use what the browser tests use; started by the scripts in bench/, never by `./ringmaster test`.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/bench/*.bench.ts'],
    fileParallelism: false,
    hookTimeout: 300_000,
  },
});
