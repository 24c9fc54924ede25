import type { WordsLike } from './words';
import type { zh } from './refusals.zh';

export const en: WordsLike<typeof zh> = {
  LoginFailed: 'The account or the password is not right.',
  AccountLocked:
    'Too many wrong passwords: the account is locked for now. Try again in 15 minutes, or ask your administrator.',
  PasswordNotSet: 'This account has no password yet. Ask your administrator.',
  AUTH: 'Your login has ended. Please log in again.',
  NoConnection:
    'The server cannot be reached; this may not have been done. What the page shows is what is true.',
  Unavailable:
    'The service is not available right now. Nothing was changed; try again in a moment.',
  InvalidAgentState: 'That is not possible in your present state.',
  AgentOffDuty: 'You are off duty. Start work first.',
  NoSkillGroup: 'You are in no skill group, so you cannot start work. Ask your administrator.',
  NoHumanSeatFree: 'All human seats are in use. Ask your administrator.',
  CannotReject: 'A call cannot be rejected: answer it, or let it ring out.',
  CallGone: 'The caller hung up before you could answer.',
  WrapUpRequired: 'Save the wrap-up note first, then continue.',
  CallerNotAllowed: 'You may not call out with this number. Choose another one.',
  InvalidNumber: 'This is not a valid number.',
  SessionSuperseded:
    'This account is used in another browser now; nothing done here has an effect.',
  NotYourCall: 'This call is no longer with you.',
  InvalidArgument: 'Something in the form is not right. Check it and try again.',
  NotAvailable: 'This is not available yet.',
  Forbidden: 'You may not do this.',
  NotFound: 'Not found.',
  TooManyRequests: 'Too many requests. Try again in a moment.',
  NoMicrophone: 'No sound device was found. Plug in your headset and try again.',
  MicrophoneBlocked:
    'The browser may not use the microphone. Click the icon at the left of the address bar, allow it, and try again.',
  MicrophoneBusy:
    'The microphone could not be started; another program may be using it. Close that program and try again.',
  MicrophoneUnplugged: 'The microphone was unplugged. Plug in your headset again.',
  MicrophoneFailed:
    'The microphone could not be started. Check the headset and the sound settings.',
  InsecureOrigin: 'Browsers give the microphone to secure pages only. Open this page by https.',
  LineFailed:
    'The audio line could not be opened; it is tried again by itself. If it stays, check the network or ask your administrator.',
  AudioBlocked: 'The browser keeps the sound silent. Click anywhere on the page.',
  Fault: 'Something unexpected went wrong. Try again; if it stays, ask your administrator.',
};
