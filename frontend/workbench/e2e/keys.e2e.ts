import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { newNumber } from './support/api';
import { Desk, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { Sipp } from './support/sipp';
import { until } from './support/wait';

// A day at the desk without a mouse.

let node: RingmasterNode;
let browser: Browser;
const callers: Sipp[] = [];

beforeAll(async () => {
  node = await RingmasterNode.start();
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  for (const caller of callers) caller.kill();
  await browser.close();
  await node.remove();
});

async function caller(from = newNumber()): Promise<string> {
  callers.push(
    await Sipp.start('stay.xml', {
      target: node.sip,
      service: '4001000002',
      from,
      args: ['-d', '1000'],
      seconds: 60,
    }),
  );
  return from;
}

spec(
  ['AGT-021', 'AGT-009', 'AGT-025'],
  'a whole call is served by keys alone: on duty, answer, hold, mute, end, note, continue, off duty',
  async () => {
    const desk = await Desk.login(browser, node.http, 'alice@demo.example');
    const keys = desk.page.keyboard;
    const phase = (wanted: string) =>
      desk.page.locator(`[data-testid=call-bar][data-phase=${wanted}]`).waitFor({ timeout: 5_000 });

    await desk.page.locator('[data-testid=btn-start-work]:not([disabled])').waitFor();
    await keys.press('Alt+w');
    await desk.becomes('IDLE', 15_000);
    await caller();
    await desk.by('incoming-card').waitFor({ timeout: 30_000 });
    await keys.press('Alt+a');
    await phase('TALKING');
    await keys.press('Alt+n');
    await keys.type('written while talking, ');
    await keys.press('Alt+h');
    await phase('HELD');
    await keys.press('Alt+h');
    await phase('TALKING');
    await keys.press('Alt+m');
    await desk.page
      .locator('[data-testid=btn-mute][aria-pressed=true]')
      .waitFor({ timeout: 5_000 });
    await keys.press('Alt+x');
    await desk.becomes('ACW', 5_000);

    await keys.type('and after.');
    expect(await desk.by('note-text').inputValue()).toBe('written while talking, and after.');
    await keys.press('Control+Enter'); // category and result are missing: nothing is saved, the first is focused
    expect(await desk.by('note-save').isEnabled()).toBe(true);
    await keys.press('Space');
    await desk.by('note-result-solved').click();
    await keys.press('Control+Enter');
    await until('continue has the focus', 5_000, () =>
      desk.page.evaluate(
        () => (document.activeElement as HTMLElement | null)?.dataset['testid'] === 'btn-continue',
      ),
    );
    await keys.press('Enter');
    await desk.becomes('IDLE', 5_000);
    await keys.press('Alt+o');
    await desk.becomes('OFF', 5_000);
    await desk.close();
  },
  90_000,
);

spec(
  'AGT-024',
  'with auto-answer on, an offered call is answered within 2 s without a press',
  async () => {
    const desk = await Desk.login(browser, node.http, 'bob@demo.example');
    await desk.startWork();
    await desk.by('nav-settings').click();
    await desk.by('auto-answer').click();
    await desk.page.locator('[data-testid=auto-answer][aria-checked=true]').waitFor();
    await desk.page.evaluate(() => {
      const told = window as unknown as { offered?: number; answered?: number };
      const phone = (
        window as unknown as {
          __ringmaster: { on(name: string, run: (state: { state: string }) => void): void };
        }
      ).__ringmaster;
      phone.on('state', ({ state }) => {
        if (state === 'RINGING') told.offered ??= performance.now();
        if (state === 'IN_CALL') told.answered ??= performance.now();
      });
    });
    await caller();
    await desk.becomes('IN_CALL', 15_000);
    const waited = await desk.page.evaluate(() => {
      const told = window as unknown as { offered?: number; answered?: number };
      return (told.answered ?? 0) - (told.offered ?? told.answered ?? 0);
    });
    expect(waited).toBeLessThan(2_000);
    await desk.by('nav-desk').click();
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 5_000);
    await desk.wrapUp('answered by itself');
    await desk.by('nav-settings').click();
    await desk.by('auto-answer').click();
    await desk.page.locator('[data-testid=auto-answer][aria-checked=false]').waitFor();
    await desk.by('btn-off').click();
    await desk.becomes('OFF', 5_000);
    await desk.close();
  },
  90_000,
);

spec(
  'AGT-023',
  'while another page is looked at, a call rings as a system notification that leads back',
  async () => {
    const desk = await Desk.login(browser, node.http, 'carol@demo.example');
    await desk.page.evaluate(() => {
      const shown: { title: string; click: () => void }[] = [];
      (window as unknown as { shown: typeof shown }).shown = shown;
      window.Notification = class {
        static readonly permission = 'granted';
        onclick: (() => void) | null = null;
        constructor(title: string) {
          shown.push({ title, click: () => this.onclick?.() });
        }
        close() {
          // the page has seen enough of it
        }
      } as unknown as typeof Notification;
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    });
    await desk.startWork();
    const from = await caller();
    await desk.by('incoming-card').waitFor({ timeout: 30_000 });
    const titles = await desk.page.evaluate(() =>
      (window as unknown as { shown: { title: string }[] }).shown.map(({ title }) => title),
    );
    expect(titles).toHaveLength(1);
    expect(titles[0]).toContain(from);
    await desk.by('btn-answer').click();
    await desk.becomes('IN_CALL', 5_000);
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 5_000);
    await desk.wrapUp('seen elsewhere');
    await desk.close();
  },
  90_000,
);
