// Wraps `///` documentation that runs past the line limit: node reflow.mjs FILE…
// The Java formatter takes `///` for an end-of-line comment and breaks a long one into code, so this goes first.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

// The formatter wraps somewhat before its limit of 120, depending on the indentation.
const LONGEST = 114;
const DOC = /^(\s*)\/\/\/ ?(.*)$/;
const STARTS_PARAGRAPH = /^(@|[-*|] |\d+\. |```|#|\|)/;
const KEEPS_ITS_LINES = /^(```|\||#)/;

/**
 * @param {string} source
 * @returns {string}
 */
export function reflow(source) {
  const from = source.split('\n');
  /** @type {string[]} */
  const to = [];
  for (let i = 0; i < from.length;) {
    const paragraph = paragraphAt(from, i);
    const asIs = from.slice(i, i + Math.max(1, paragraph.length));
    const mayWrap = paragraph.length > 0 && !KEEPS_ITS_LINES.test(paragraph[0] ?? '');
    const indent = DOC.exec(from[i] ?? '')?.[1] ?? '';
    to.push(
      ...(mayWrap && asIs.some((line) => line.length > LONGEST) ? wrap(indent, paragraph) : asIs),
    );
    i += asIs.length;
  }
  return to.join('\n');
}

/**
 * @param {string[]} from
 * @param {number} start
 */
function paragraphAt(from, start) {
  /** @type {string[]} */
  const paragraph = [];
  for (const line of from.slice(start)) {
    const text = DOC.exec(line)?.[2]?.trim();
    if (text === undefined) break;
    if (paragraph.length > 0 && (text === '' || STARTS_PARAGRAPH.test(text))) break;
    paragraph.push(text);
    if (text === '' || KEEPS_ITS_LINES.test(text)) break;
  }
  return paragraph;
}

/**
 * @param {string} indent
 * @param {string[]} paragraph
 */
function wrap(indent, paragraph) {
  const words = paragraph.join(' ').split(/ +/);
  const hanging = words[0]?.startsWith('@')
    ? '    '
    : /^([-*]|\d+\.)$/.test(words[0] ?? '')
      ? '  '
      : '';
  /** @type {string[]} */
  const wrapped = [];
  let line = `${indent}/// ${words[0] ?? ''}`;
  for (const word of words.slice(1)) {
    if (line.length + 1 + word.length > LONGEST) {
      wrapped.push(line);
      line = `${indent}/// ${hanging}${word}`;
    } else {
      line += ` ${word}`;
    }
  }
  return [...wrapped, line];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of argv.slice(2)) {
    const source = readFileSync(file, 'utf8');
    const wrapped = reflow(source);
    if (wrapped !== source) writeFileSync(file, wrapped);
  }
}
