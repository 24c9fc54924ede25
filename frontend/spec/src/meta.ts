import 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Requirement ids that the test proves when it passes. */
    spec?: string[];
  }
}
