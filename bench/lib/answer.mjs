// An agent's page in Chromium answers call after call by its button; times from the click until either side hears the other.
// Arguments: address of the node, SIP port, number of calls, seconds without a call before each. A demo node; the agent is alice.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Caller } from './caller.mjs';

const [http, sipPort, calls, idleSeconds] = process.argv.slice(2);
const require = createRequire(new URL('../../frontend/workbench/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const folder = mkdtempSync(join(tmpdir(), 'ringmaster-answer-'));
const microphone = join(folder, 'microphone.wav');
execFileSync('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', microphone, 'synth', '10', 'sine', '1000', 'gain', '-6']);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what, ask, withinMs = 15_000) {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(20);
  }
}

/** Listens in the page: a worklet looks at blocks of 2.7 ms, so the page's own work delays no time. */
function ears() {
  const media = navigator.mediaDevices;
  const original = media.getUserMedia.bind(media);
  media.getUserMedia = (wished) =>
    original({ ...wished, audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  window.__times = { clicked: 0, heard: 0 };
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = function (...args) {
    return (window.__connection = new Connection(...args));
  };
  window.RTCPeerConnection.prototype = Connection.prototype;
  window.__buffer = async () => {
    for (const each of (await window.__connection.getStats()).values())
      if (each.type === 'inbound-rtp')
        return [each.jitterBufferDelay, each.jitterBufferEmittedCount, each.jitterBufferTargetDelay, each.concealedSamples, each.removedSamplesForAcceleration, each.insertedSamplesForDeceleration];
    return [0, 0, 0, 0, 0, 0]; // nothing has come before the first call
  };
  addEventListener(
    'click',
    (event) => {
      if (event.target.closest('[data-testid="btn-answer"]')) window.__times.clicked = performance.timeOrigin + event.timeStamp;
    },
    true,
  );
  const listener = `registerProcessor('ear', class extends AudioWorkletProcessor {
    constructor() { super(); this.said = false; this.ring = new Float32Array(480); this.at = 0;
      this.port.onmessage = () => { this.said = false; this.ring.fill(0); }; }
    process([[samples]]) {
      if (!samples || this.said) return true;
      for (const v of samples) { this.ring[this.at] = v; this.at = (this.at + 1) % 480; }
      // 440 Hz in the last 10 ms
      const turn = 2 * Math.cos(2 * Math.PI * 440 / sampleRate);
      let energy = 0, a = 0, b = 0;
      for (let i = 0; i < 480; i++) { const v = this.ring[(this.at + i) % 480]; energy += v * v; [a, b] = [v + turn * a - b, a]; }
      const power = (a * a + b * b - turn * a * b) * 2 / 480;
      if (energy / 480 > 0.0004 && power / energy > 0.6) { this.said = true; this.port.postMessage(Date.now()); }
      return true;
    } });`;
  window.__listen = async (stream) => {
    window.__context ??= new AudioContext();
    await window.__context.resume();
    if (!window.__ready) {
      window.__ready = window.__context.audioWorklet.addModule(URL.createObjectURL(new Blob([listener], { type: 'text/javascript' })));
    }
    await window.__ready;
    const ear = new AudioWorkletNode(window.__context, 'ear');
    window.__context.createMediaStreamSource(stream).connect(ear).connect(window.__context.destination);
    ear.port.onmessage = ({ data }) => (window.__times.heard ||= data);
    window.__again = () => {
      window.__times = { clicked: 0, heard: 0 };
      ear.port.postMessage('again');
    };
  };
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
    '--autoplay-policy=no-user-gesture-required',
    '--allow-loopback-in-peer-connection',
  ],
});

const figures = { heardByAgent: [], heardByCaller: [], page: [], done: [] };
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['microphone'], bypassCSP: true });
  await context.addInitScript(ears);
  const page = await context.newPage();
  const frames = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push([Date.now(), 'in', JSON.parse(payload)]));
    socket.on('framesent', ({ payload }) => frames.push([Date.now(), 'out', JSON.parse(payload)]));
  });
  await page.goto(`${http}/demo`);
  const by = (id) => page.getByTestId(id);
  await by('login-name').fill('alice@demo.example');
  await by('login-password').fill('Ringmaster-demo-1');
  await by('login-submit').click();
  await by('state-pill').waitFor();
  const becomes = (state) => until(state, async () => (await by('state-pill').getAttribute('data-state')) === state);
  await by('btn-start-work').click();
  await becomes('IDLE');
  await until('the line', () => page.evaluate(() => document.querySelector('[data-testid="remote-audio"]')?.srcObject !== null));
  await page.evaluate(() => window.__listen(document.querySelector('[data-testid="remote-audio"]').srcObject));

  for (let n = 0; n < Number(calls); n += 1) {
    await pause(Number(idleSeconds) * 1_000);
    await page.evaluate(() => window.__again());
    const caller = await Caller.call('4001000002', `1390000${String(n).padStart(4, '0')}`, Number(sipPort));
    await by('incoming-card').waitFor();
    await pause(700);
    frames.length = 0;
    caller.heardAt = 0;
    const before = await page.evaluate(() => window.__buffer());
    await by('btn-answer').click();
    const times = await until('both hear each other', async () => {
      const now = await page.evaluate(() => window.__times);
      return now.heard > 0 && caller.heardAt > 0 ? now : undefined;
    });
    const after = await page.evaluate(() => window.__buffer());
    const buffered = after.map((value, i) => value - before[i]);
    const sent = frames.find(([, way, m]) => way === 'out' && m.name === 'answer');
    const done = frames.find(([, way, m]) => way === 'in' && m.type === 'done' && m.id === sent?.[2].id);
    const shown = frames.find(([, way, m]) => way === 'in' && m.of === 'agent' && m.agent.state === 'IN_CALL' && m.agent.sub === 'talking');
    const told = (what) => (what === undefined ? NaN : what[0] - times.clicked);
    figures.heardByAgent.push(times.heard - times.clicked);
    figures.heardByCaller.push(caller.heardAt - times.clicked);
    figures.done.push(told(done));
    figures.page.push(told(shown));
    if (process.env.VERBOSE)
      console.log(
        `call ${n}: sent ${told(sent).toFixed(0)}, in call ${told(shown).toFixed(0)}, done ${told(done).toFixed(0)}, agent hears ${(times.heard - times.clicked).toFixed(0)}, caller hears ${(caller.heardAt - times.clicked).toFixed(0)} ms; jitter buffer ${((1000 * buffered[0]) / buffered[1]).toFixed(0)} (target ${((1000 * buffered[2]) / buffered[1]).toFixed(0)}) ms, concealed ${(buffered[3] / 48).toFixed(0)} ms, sped up ${(buffered[4] / 48).toFixed(0)} ms, slowed ${(buffered[5] / 48).toFixed(0)} ms`,
      );
    await pause(300);
    caller.hangUp();
    await becomes('ACW');
    await by('note-category-consult').click();
    await by('note-result-solved').click();
    await by('note-text').fill('measured');
    await by('note-save').click();
    await by('btn-continue').click();
    await becomes('IDLE');
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.round(share * sorted.length))];
for (const [name, words] of [
  ['heardByAgent', 'click -> the agent hears the caller'],
  ['heardByCaller', 'click -> the caller hears the agent'],
  ['page', 'click -> the page is told "in call"'],
  ['done', 'click -> the command is answered'],
]) {
  const sorted = figures[name].filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  console.log(`${words.padEnd(40)} n=${sorted.length} p50=${at(sorted, 0.5)?.toFixed(0)} p90=${at(sorted, 0.9)?.toFixed(0)} p99=${at(sorted, 0.99)?.toFixed(0)} ms`);
}
