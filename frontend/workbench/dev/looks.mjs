// Photographs the pages against the scripted server, to be looked at:  node dev/looks.mjs FOLDER
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = process.argv[2] ?? '../target/looks';
mkdirSync(folder, { recursive: true });
const child = spawn(process.execPath, [new URL('server.mjs', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const base = await new Promise((resolve) => {
  child.stdout.on('data', (text) => resolve(/http:\/\/[\d.:]+/.exec(String(text))[0]));
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
  ],
});
const tell = (path, body) =>
  fetch(`${base}/dev/${path}`, { method: 'POST', body: JSON.stringify(body ?? {}) });
const faults = [];

for (const [width, height, theme, language] of [
  [1280, 800, 'light', 'zh'],
  [1280, 800, 'dark', 'en'],
  [1920, 1080, 'light', 'en'],
  [1920, 1080, 'dark', 'zh'],
]) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
  });
  // The scripted server has no media plane: the page's peer connection is one that always connects.
  await context.addInitScript(() => {
    window.RTCPeerConnection = class {
      connectionState = 'new';
      iceGatheringState = 'complete';
      addTransceiver() {
        return { setCodecPreferences() {} };
      }
      createOffer() {
        return Promise.resolve({ type: 'offer', sdp: 'v=0' });
      }
      setLocalDescription(description) {
        this.localDescription = description;
        return Promise.resolve();
      }
      setRemoteDescription() {
        setTimeout(() => {
          this.connectionState = 'connected';
          this.onconnectionstatechange?.();
        }, 30);
        return Promise.resolve();
      }
      getStats() {
        return Promise.resolve(new Map());
      }
      close() {}
    };
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('status of 4'))
      faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  const by = (id) => page.getByTestId(id);
  const shoot = async (name) => {
    await page.mouse.move(5, height - 5);
    await page.waitForTimeout(450);
    await page.screenshot({ path: `${folder}/${name}-${width}-${theme}-${language}.png` });
  };
  const step = async (name, run) => {
    await run();
    await shoot(name);
  };
  const only = process.argv[3];
  await tell('queue', { waiting: 0 });
  await tell('agent', {
    state: 'OFF',
    cause: 'login',
    card: null,
    callId: null,
    note: null,
    pending: null,
    notice: null,
  });
  await step('01-login', () => page.goto(`${base}/demo`));
  await by('login-name').fill('alice@demo.example');
  await step('02-login-wrong', async () => {
    await by('login-password').fill('wrong');
    await by('login-submit').click();
  });
  await by('login-password').fill('Ringmaster-demo-1');
  await step('03-off', async () => {
    await by('login-submit').click();
    await by('state-pill').waitFor();
  });
  await step('04-idle', async () => {
    await by('btn-start-work').click();
    await by('state-pill').and(page.locator('[data-state=IDLE]')).waitFor();
    await tell('queue', { waiting: 3 });
    await page.waitForTimeout(1200);
  });
  await step('05-ringing', async () => {
    await tell('call');
    await by('btn-answer').waitFor();
  });
  await step('06-talking', async () => {
    await by('btn-answer').click();
    await by('btn-hold').waitFor();
    await by('note-category-order').click();
    await by('note-text').fill(
      language === 'zh' ? '客户问发票怎么开。' : 'Asks how to get an invoice.',
    );
  });
  await step('07-keypad', async () => {
    await by('btn-keypad').click();
    await by('key-5').click();
  });
  await page.keyboard.press('Escape');
  await by('btn-keypad').click();
  await step('08-held-pending', async () => {
    await by('btn-hold').click();
    await by('btn-break').click();
    await by('break-reason-meal').click();
  });
  await step('09-cut', async () => {
    await tell('cut');
    await page.waitForTimeout(1500);
  });
  await page.waitForTimeout(7000);
  await step('10-acw', async () => {
    await by('btn-cancel-pending').click();
    await by('btn-hold').click();
    await by('btn-hangup').click();
    await by('note-save').click();
  });
  await step('11-acw-saved', async () => {
    await by('note-result-solved').click();
    await by('note-save').click();
    await by('tab-ended').click();
  });
  await step('12-chosen', async () => {
    await by('btn-continue').click();
    await by('service-row').nth(2).click();
  });
  await step('13-dial-fab', async () => {
    await by('fab').click();
    await by('dial-number').fill('01065551234');
  });
  await by('fab').click();
  await step('14-dial-pad', () => by('hotline-button').click());
  await page.keyboard.press('Escape');
  await by('hotline-button').click();
  await step('15-missed', () => tell('missed'));
  await step('16-records', async () => {
    await by('nav-calls').click();
    await by('record-row').first().waitFor();
  });
  await step('17-record', async () => {
    await by('record-play').first().click();
    await by('waveform').waitFor();
  });
  await step('18-queue', async () => {
    await by('nav-queue').click();
    await by('queue-group').first().waitFor();
  });
  await step('19-settings', () => by('nav-settings').click());
  await step('20-keys', () => page.keyboard.press('?'));
  await page.keyboard.press('Escape');
  await step('21-commands', () => page.keyboard.press('Control+k'));
  await page.keyboard.press('Escape');
  await step('22-profile', () => by('profile-button').click());
  await page.keyboard.press('Escape');
  await step('23-superseded', () => tell('superseded'));
  await context.close();
  if (only) break;
}
await browser.close();
child.kill();
for (const fault of new Set(faults)) console.log('console:', fault.slice(0, 300));
