// Counts what a test run has proven: node report.mjs ‹repository root›
// Reads every target/spec-results/*.json that the Java listener and the TypeScript reporter wrote, prints how many
// lines of docs/requirements.csv a passing test names, writes target/spec-report.json, and fails when a test failed,
// when a test process died half-way, or when a test names a requirement that does not exist.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ module: string, test: string, outcome: 'passed' | 'failed' | 'skipped', ids: string[] }} Entry
 * @typedef {{ id: string, area: string, title: string, must: boolean }} Requirement
 * @typedef {{ requirement: string, title: string, tests: string[] }} Proof
 * @typedef {{
 *   requirements: number, proven: number, passed: number, failed: number, skipped: number,
 *   failures: string[], unknown: string[], proofs: Proof[],
 * }} Report
 */

const FOLDERS = [
  'engine/spec',
  'engine/domain',
  'engine/media',
  'engine/telephony',
  'engine/speech',
  'engine/runtime',
  'engine/carrier',
  'persistence',
  'http-api',
  'frontend',
];

/**
 * Lines of a CSV file whose fields may be quoted.
 * @param {string} text
 * @returns {string[][]}
 */
export function parseCsv(text) {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        (field) => field[1]?.replaceAll('""', '"') ?? field[2] ?? '',
      ),
    );
}

/**
 * @param {string} text the requirements file
 * @returns {Requirement[]}
 */
export function requirementsOf(text) {
  return parseCsv(text)
    .slice(1)
    .map(([id = '', area = '', title = '', , , must = '']) => ({
      id,
      area,
      title,
      must: must === 'must',
    }));
}

/**
 * @param {Requirement[]} requirements
 * @param {Entry[]} entries
 * @returns {Report}
 */
export function reportOn(requirements, entries) {
  const known = new Set(requirements.map((r) => r.id));
  const unknown = entries.flatMap((entry) =>
    entry.ids.filter((id) => !known.has(id)).map((id) => `${id} named by ${nameOf(entry)}`),
  );
  /** @param {Entry['outcome']} outcome */
  const count = (outcome) => entries.filter((entry) => entry.outcome === outcome).length;
  const proofs = requirements
    .map((r) => ({
      requirement: r.id,
      title: r.title,
      tests: entries.filter((e) => e.outcome === 'passed' && e.ids.includes(r.id)).map(nameOf),
    }))
    .filter((proof) => proof.tests.length > 0);
  return {
    requirements: requirements.length,
    proven: proofs.length,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    failures: entries.filter((entry) => entry.outcome === 'failed').map(nameOf),
    unknown: [...new Set(unknown)],
    proofs,
  };
}

/** @param {Entry} entry */
function nameOf(entry) {
  return `${entry.module}: ${entry.test}`;
}

/**
 * @param {string} root
 * @returns {Entry[]}
 */
export function readResults(root) {
  return FOLDERS.map((folder) => join(root, folder, 'target', 'spec-results'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .flatMap((/** @returns {Entry[]} */ file) => {
      if (file.endsWith('.running')) {
        const module = readFileSync(file, 'utf8').trim();
        return [
          { module, test: 'the test process died before its end', outcome: 'failed', ids: [] },
        ];
      }
      /** @type {unknown} */
      const entries = JSON.parse(readFileSync(file, 'utf8'));
      return /** @type {Entry[]} */ (entries);
    });
}

/** @param {Report} report */
export function lines(report) {
  const percent = Math.floor((100 * report.proven) / report.requirements);
  return [
    ...report.failures.map((name) => `FAILED   ${name}`),
    ...report.unknown.map((text) => `UNKNOWN  ${text}`),
    `${report.proven} of ${report.requirements} requirements (${percent} %) are named by a passing test; see target/spec-report.json`,
    `${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`,
  ];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const root = argv[2] ?? '.';
  const requirements = requirementsOf(readFileSync(join(root, 'docs', 'requirements.csv'), 'utf8'));
  const report = reportOn(requirements, readResults(root));
  mkdirSync(join(root, 'target'), { recursive: true });
  writeFileSync(join(root, 'target', 'spec-report.json'), JSON.stringify(report, null, 1) + '\n');
  stdout.write(lines(report).join('\n') + '\n');
  exit(report.failed > 0 || report.unknown.length > 0 || report.passed === 0 ? 1 : 0);
}
