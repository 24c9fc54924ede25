/** What the SDK needs of the browser, in one place, so that a test can be its own browser. */
export interface Environment {
  openSocket(url: string): SocketLike;
  fetch: typeof fetch;
  /** Survives a reload and dies with the tab. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  now(): number;
  random(): number;
  newId(): string;
  setTimer(afterMs: number, run: () => void): () => void;
  newPeerConnection(configuration: RTCConfiguration): RTCPeerConnection;
  openMicrophone(): Promise<MediaStream>;
  /** Tells when the browser believes that the network is back, or that the page is looked at again. */
  onOnline(run: () => void): void;
}

/** The part of WebSocket that is used. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
}

/** The browser this page runs in. */
export function browserEnvironment(): Environment {
  return {
    openSocket: (url) => new WebSocket(url) as unknown as SocketLike,
    fetch: (input, init) => fetch(input, init),
    storage: tabStorage(),
    now: () => Date.now(),
    random: () => Math.random(),
    newId: randomId,
    setTimer(afterMs, run) {
      const timer = setTimeout(run, afterMs);
      return () => {
        clearTimeout(timer);
      };
    },
    newPeerConnection: (configuration) => new RTCPeerConnection(configuration),
    openMicrophone() {
      // mediaDevices is absent on an insecure origin, whatever the type says.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (!devices) return Promise.reject(new DOMException('insecure origin', 'SecurityError'));
      return devices.getUserMedia({
        audio: {
          echoCancellation: true,
          noiseSuppression: true,
          autoGainControl: true,
          channelCount: 1,
        },
        video: false,
      });
    },
    onOnline(run) {
      if (typeof window === 'undefined') return;
      window.addEventListener('online', run);
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) run();
      });
    },
  };
}

function tabStorage(): Environment['storage'] {
  try {
    return window.sessionStorage;
  } catch {
    // A page that may not store anything still works; it only asks before it takes over after a reload.
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}

function randomId(): string {
  // randomUUID exists on secure origins only.
  const strong = crypto as Omit<Crypto, 'randomUUID'> & { randomUUID?: () => string };
  if (strong.randomUUID) return strong.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
