import { test, type TestContext } from 'vitest';
import type {} from './meta';

/**
 * A test that proves one or more requirements: `spec('AGT-022', 'shows the number', () => …)`.
 * The ids are lines of `docs/requirements.csv`; the reporter beside this file writes them down.
 */
export function spec(
  ids: string | readonly string[],
  title: string,
  body: (context: TestContext) => void | Promise<void>,
  timeoutMs?: number,
): void {
  const named = typeof ids === 'string' ? [ids] : [...ids];
  test(
    title,
    async (context) => {
      context.task.meta.spec = named;
      await body(context);
    },
    timeoutMs,
  );
}
