/** How to reach an instance, and as whom. */
export interface ConnectOptions {
  /** Origin of the node, e.g. `https://desk.example`; empty for the page's own. */
  baseUrl?: string;
  /** Id or address of the instance. */
  instanceId: string;
  /** An access token, or a function that gives a fresh one whenever one is needed. */
  token?: string;
  getToken?: () => string | Promise<string>;
  /** The person has agreed to take her session over from another browser. */
  takeOver?: boolean;
  /** Boards listen without being an agent. */
  listenOnly?: boolean;
  /** false: no microphone and no line, for pages that only show. */
  audio?: boolean;
  /** false: the page makes its own ring. */
  sounds?: boolean;
}

export type TransferTarget = {
  to: 'group' | 'agent' | 'phone';
  target: string;
  mode: 'blind' | 'consult';
};
