import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { PASSWORD } from './api';
import { writeTone } from './tone';
import { pause, until } from './wait';

/** Chromium as an agent has it: with a microphone that says a tone. */
export async function openBrowser(toneHz = 1000): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmaster-chromium-'));
  const microphone = writeTone(join(folder, 'microphone.wav'), toneHz, 10, 48_000);
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
    ],
  });
}

/** The page of one agent. */
export class Desk {
  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly base: string,
  ) {}

  static async open(
    browser: Browser,
    base: string,
    options: { language?: string } = {},
  ): Promise<Desk> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: options.language ?? 'en-US',
      permissions: ['microphone', 'notifications'],
    });
    // Audio analysis of the tests wants the AGC, noise suppression and echo canceller off: they eat pure tones.
    await context.addInitScript(() => {
      const media = navigator.mediaDevices;
      const original = media.getUserMedia.bind(media);
      media.getUserMedia = (constraints) =>
        original({
          ...constraints,
          audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        });
      // The newest line of the page, so that a test can count its packets.
      const holder = window as unknown as { __line?: RTCPeerConnection };
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          holder.__line = this;
        }
      };
    });
    const page = await context.newPage();
    await page.goto(`${base}/demo`);
    return new Desk(page, context, base);
  }

  static async login(browser: Browser, base: string, login: string): Promise<Desk> {
    const desk = await Desk.open(browser, base);
    await desk.login(login);
    return desk;
  }

  async login(login: string): Promise<void> {
    await this.by('login-name').fill(login);
    await this.by('login-password').fill(PASSWORD);
    await this.by('login-submit').click();
    await this.by('state-pill').waitFor({ timeout: 15_000 });
  }

  by(testId: string) {
    return this.page.getByTestId(testId);
  }

  state(): Promise<string | null> {
    return this.by('state-pill').getAttribute('data-state', { timeout: 2_000 });
  }

  /** Waits for a state; how long it took, in ms. */
  async becomes(state: string, withinMs: number): Promise<number> {
    const start = performance.now();
    await until(`state ${state}`, withinMs, async () => (await this.state()) === state, 20);
    return performance.now() - start;
  }

  /** Brings the agent to a state from whatever another test left her in. */
  async settle(wish: 'IDLE' | 'OFF'): Promise<void> {
    await until(`${wish}, from whatever there was`, 30_000, () => this.step(wish), 200);
  }

  private async step(wish: 'IDLE' | 'OFF'): Promise<boolean> {
    const state = await this.state();
    const press = (id: string) => this.by(id).click({ timeout: 1_500 });
    if (state === wish) return true;
    if (state === 'OFF') await press('btn-start-work');
    else if (state === 'RINGING') await press('btn-answer');
    else if (state === 'IN_CALL' || state === 'DIALING') await press('btn-hangup');
    else if (state === 'ACW' && !(await this.by('btn-continue').isEnabled())) {
      await this.fillNote('left by another test');
      await press('note-save');
    } else await press(wish === 'OFF' ? 'btn-off' : 'btn-continue');
    return (await this.state()) === wish;
  }

  async startWork(): Promise<void> {
    await this.by('btn-start-work').click();
    await this.becomes('IDLE', 15_000);
  }

  /** Takes a break, or wishes for one after the call. */
  async takeBreak(reason = 'rest'): Promise<void> {
    await this.by('btn-break').click();
    await this.by(`break-reason-${reason}`).click();
  }

  /** Saves a note and continues. */
  async wrapUp(text: string): Promise<void> {
    await this.fillNote(text);
    await this.by('note-save').click();
    await this.by('btn-continue').click();
    await this.becomes('IDLE', 5_000);
  }

  async fillNote(text: string): Promise<void> {
    await this.by('note-category-consult').click();
    await this.by('note-result-solved').click();
    await this.by('note-text').fill(text);
  }

  /** The strongest frequency in what the agent hears now, in Hz; 0 = silence. */
  hears(): Promise<number> {
    return this.page.evaluate(async () => {
      const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]');
      if (!(audio?.srcObject instanceof MediaStream)) return 0;
      const holder = window as unknown as {
        __ear?: { of: MediaStream; analyser: AnalyserNode; context: AudioContext };
      };
      if (holder.__ear?.of !== audio.srcObject) {
        const context = new AudioContext();
        const analyser = context.createAnalyser();
        analyser.fftSize = 8192;
        analyser.smoothingTimeConstant = 0;
        context.createMediaStreamSource(audio.srcObject).connect(analyser);
        holder.__ear = { of: audio.srcObject, analyser, context };
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const { analyser, context } = holder.__ear;
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      let best = 0;
      bins.forEach((level, i) => {
        if (level > (bins[best] ?? -Infinity)) best = i;
      });
      return (bins[best] ?? -Infinity) < -60 ? 0 : (best * context.sampleRate) / analyser.fftSize;
    });
  }

  /** From now on notes how long what she hears falls silent. */
  async listen(): Promise<void> {
    await this.page.evaluate(() => {
      const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]');
      if (!(audio?.srcObject instanceof MediaStream)) throw new Error('she hears nothing');
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 2048;
      context.createMediaStreamSource(audio.srcObject).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      const silence = { since: 0, longestMs: 0 };
      (window as unknown as { __silence: typeof silence }).__silence = silence;
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const loud = samples.some((sample) => Math.abs(sample) > 0.02);
        if (loud) silence.since = 0;
        else if (silence.since === 0) silence.since = performance.now();
        if (silence.since > 0)
          silence.longestMs = Math.max(silence.longestMs, performance.now() - silence.since);
      }, 20);
    });
    await pause(500);
    await this.longestSilence();
  }

  /** The longest silence since this was asked last, in ms. */
  longestSilence(): Promise<number> {
    return this.page.evaluate(() => {
      const { __silence: silence } = window as unknown as { __silence: { longestMs: number } };
      const longest = silence.longestMs;
      silence.longestMs = 0;
      return longest;
    });
  }

  /** What her line has sent and received so far, and how many of its checks were answered. */
  packets(): Promise<{ sent: number; received: number; checks: number }> {
    return this.page.evaluate(async () => {
      const line = (window as unknown as { __line?: RTCPeerConnection }).__line;
      const counted = { sent: 0, received: 0, checks: 0 };
      for (const [, raw] of (await line?.getStats()) ?? []) {
        const entry = raw as Record<string, unknown>;
        if (entry['type'] === 'outbound-rtp') counted.sent += Number(entry['packetsSent']);
        if (entry['type'] === 'inbound-rtp') counted.received += Number(entry['packetsReceived']);
        if (entry['type'] === 'candidate-pair' && entry['nominated'] === true)
          counted.checks += Number(entry['responsesReceived']);
      }
      return counted;
    });
  }

  /** What the call bar says of the call. */
  phase(): Promise<string | null> {
    return this.by('call-bar').getAttribute('data-phase', { timeout: 2_000 });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Whether a measured frequency is the tone. */
export function isTone(measuredHz: number, hz: number): boolean {
  return Math.abs(measuredHz - hz) < 25;
}
