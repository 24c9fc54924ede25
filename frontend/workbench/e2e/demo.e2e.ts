import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { spec } from '@ringmaster/spec';
import { Desk, openBrowser } from './support/browser';
import { RingmasterNode } from './support/node';
import { pause, until } from './support/wait';

// The first quarter of an hour with the product: the demo as it comes, with its simulated carrier.

let node: RingmasterNode;
let browser: Browser;

beforeAll(async () => {
  node = await RingmasterNode.start({ env: { RINGMASTER_DEMO_CARRIER: '' } });
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser.close();
  await node.remove();
});

spec(
  ['SYS-013', 'SYS-007', 'AGT-019', 'SYS-015'],
  'log in, start work, take the simulated customer, talk, hang up, note, play the recording',
  async () => {
    expect(node.printed).toContain('alice@demo.example');
    const carrier = /carrier.*(http:\/\/127\.0\.0\.1:\d+)/.exec(node.printed)?.[1];
    expect(carrier).toBeDefined();
    const desk = await Desk.login(browser, node.http, 'alice@demo.example');
    await desk.startWork();
    expect(await desk.page.locator('body').innerText()).toMatch(/simulat|模拟/i);
    await fetch(`${carrier ?? ''}/calls`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ number: '4001000002', talkSeconds: 60 }),
    });
    await desk.by('btn-answer').click({ timeout: 30_000 });
    await desk.becomes('IN_CALL', 3_000);
    await until('the customer speaks', 15_000, async () => (await desk.hears()) > 0);
    await pause(2_000);
    await desk.by('btn-hangup').click();
    await desk.becomes('ACW', 3_000);
    await desk.wrapUp('the simulated customer asked for an order');
    await desk.page.goto(`${node.http}/demo/calls`);
    await desk.by('record-play').first().click({ timeout: 15_000 });
    await until('the recording plays', 10_000, () =>
      desk.page.evaluate(() =>
        [...document.querySelectorAll('audio')].some((audio) => audio.currentTime > 0.3),
      ),
    );
    await desk.close();
  },
  120_000,
);

spec(
  'SYS-013',
  'the carrier ends with the demo, also after kill -9',
  async () => {
    const pid = Number(/carrier.*pid[= ](\d+)/.exec(node.printed)?.[1]);
    expect(pid).toBeGreaterThan(1);
    await node.kill9();
    await until('the carrier is gone', 10_000, () => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    });
    node = await node.restart();
  },
  200_000,
);
