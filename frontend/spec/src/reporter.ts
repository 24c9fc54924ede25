import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type {} from './meta';

interface Entry {
  module: string;
  test: string;
  outcome: 'passed' | 'failed' | 'skipped';
  ids: string[];
}

/** Writes every test with its outcome and its requirement ids to one JSON file, as the Java listener does. */
export default class SpecReporter implements Reporter {
  constructor(
    private readonly module: string,
    private readonly file: string,
  ) {}

  onTestRunStart(): void {
    rmSync(this.file, { force: true });
  }

  /** Says at once what failed: a long run need not end before its reader knows. */
  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state !== 'failed') return;
    for (const error of errors) {
      const at = error.stacks?.map((frame) => `${frame.file}:${frame.line}`).slice(0, 4) ?? [];
      console.error([`FAILED ${test.fullName}: ${error.message}`, ...at].join('\n  '));
    }
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const entries: Entry[] = [];
    for (const file of modules) {
      for (const error of file.errors()) {
        entries.push({ module: this.module, test: error.message, outcome: 'failed', ids: [] });
      }
      for (const test of file.children.allTests()) entries.push(entryOf(this.module, test));
    }
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(entries, null, 1) + '\n');
  }
}

function entryOf(module: string, test: TestCase): Entry {
  const state = test.result().state;
  const outcome = state === 'passed' || state === 'failed' ? state : 'skipped';
  return { module, test: test.fullName, outcome, ids: test.meta().spec ?? [] };
}
