import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCsv, reportOn, requirementsOf } from './report.mjs';

const SCRIPT = join(import.meta.dirname, 'report.mjs');
const REQUIREMENTS =
  'ID,area,title,chapter,kind,must\nA-001,a,"One, two",1,ui,must\nA-002,a,Two,1,ui,should\n';

function repository(results: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'spec-report-'));
  const files = { 'docs/requirements.csv': REQUIREMENTS, ...results };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function entry(outcome: string, ...ids: string[]): string {
  return JSON.stringify([{ module: 'm', test: `a ${outcome} test`, outcome, ids }]);
}

describe('the spec report', () => {
  test('counts a requirement when a passing test names it, not when a failing or skipped one does', () => {
    const report = reportOn(requirementsOf(REQUIREMENTS), [
      { module: 'm', test: 'works', outcome: 'passed', ids: ['A-001'] },
      { module: 'm', test: 'works too', outcome: 'passed', ids: ['A-001'] },
      { module: 'm', test: 'broken', outcome: 'failed', ids: ['A-002'] },
      { module: 'm', test: 'later', outcome: 'skipped', ids: ['A-002'] },
    ]);
    expect(report).toMatchObject({ requirements: 2, proven: 1, passed: 2, failed: 1, skipped: 1 });
    expect(report.proofs).toEqual([
      { requirement: 'A-001', title: 'One, two', tests: ['m: works', 'm: works too'] },
    ]);
  });

  test('ends with the totals, status 0, and a file with the names', () => {
    const root = repository({
      'engine/domain/target/spec-results/1.json': entry('passed', 'A-002'),
      'frontend/target/spec-results/sdk.json': entry('skipped'),
    });
    const out = execFileSync('node', [SCRIPT, root], { encoding: 'utf8' });
    expect(out.trimEnd().split('\n').slice(-2)).toEqual([
      '1 of 2 requirements (50 %) are named by a passing test; see target/spec-report.json',
      '1 passed, 0 failed, 1 skipped',
    ]);
    expect(readFileSync(join(root, 'target/spec-report.json'), 'utf8')).toContain('a passed test');
  });

  test.each([
    [
      'a failing test',
      'persistence/target/spec-results/1.json',
      entry('failed'),
      'FAILED   m: a failed test',
    ],
    [
      'an id that does not exist',
      'http-api/target/spec-results/1.json',
      entry('passed', 'A-999'),
      'UNKNOWN  A-999 named by m: a passed test',
    ],
    [
      'a test process that died',
      'engine/media/target/spec-results/7.running',
      'media\n',
      'FAILED   media: the test process died before its end',
    ],
  ])('fails loudly on %s', (_, file, text, line) => {
    const root = repository({
      'engine/domain/target/spec-results/1.json': entry('passed'),
      [file]: text,
    });
    const run = spawnSync('node', [SCRIPT, root], { encoding: 'utf8' });
    expect(run.status).toBe(1);
    expect(run.stdout.split('\n')).toContain(line);
  });

  test('does not call an empty run a success', () => {
    expect(spawnSync('node', [SCRIPT, repository({})]).status).toBe(1);
  });

  test('the requirements of this product are 400 lines, each with its own id', () => {
    const file = join(import.meta.dirname, '../../docs/requirements.csv');
    const ids = requirementsOf(readFileSync(file, 'utf8')).map((r) => r.id);
    expect(ids).toHaveLength(400);
    expect(new Set(ids).size).toBe(400);
    expect(ids.every((id) => /^[A-Z]{3}-\d{3}$/.test(id))).toBe(true);
  });

  test('reads quoted fields', () => {
    expect(parseCsv('a,"b, ""c""",d\n,,x')).toEqual([
      ['a', 'b, "c"', 'd'],
      ['', '', 'x'],
    ]);
  });
});
