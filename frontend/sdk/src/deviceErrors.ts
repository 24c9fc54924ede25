import { RingmasterError } from './RingmasterError';

/**
 * Why there is no microphone, told apart (ENV-004): none there, blocked by the person or the page, used by somebody else.
 * The sentence is for people; pages translate by the code.
 */
export function deviceError(thrown: unknown): RingmasterError {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new RingmasterError(
        'NoMicrophone',
        'No sound device was found. Plug in the headset and try again.',
      );
    case 'NotAllowedError':
      return new RingmasterError(
        'MicrophoneBlocked',
        'The browser may not use the microphone. Allow it in the address bar or in the system settings and try again.',
      );
    case 'NotReadableError':
    case 'AbortError':
      return new RingmasterError(
        'MicrophoneBusy',
        'The microphone could not be started; another program may be using it. Close that program and try again.',
      );
    case 'SecurityError':
      return new RingmasterError(
        'InsecureOrigin',
        'Browsers give the microphone to secure pages only. Open this page by https.',
      );
    default:
      return new RingmasterError(
        'MicrophoneFailed',
        `The microphone could not be started (${name || String(thrown)}).`,
      );
  }
}
