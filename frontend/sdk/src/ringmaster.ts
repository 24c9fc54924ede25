/**
 * `/sdk/ringmaster.js`: an agent's phone in any web page.
 *
 * ```js
 * const phone = await connect({ baseUrl, instanceId, token });
 * phone.on('ringing', (call) => phone.answer(call.callId));
 * await phone.startWork();
 * ```
 */
import { browserEnvironment, type Environment } from './Environment';
import type { ConnectOptions } from './ConnectOptions';
import { Phone } from './Phone';

/** Resolves when the server has sent the first snapshot; rejects with `AUTH`, `TakeOverRequired`, … when it will not. */
export async function connect(
  options: ConnectOptions,
  environment?: Partial<Environment>,
): Promise<Phone> {
  const phone = openPhone(options, environment);
  await phone.ready;
  return phone;
}

/** Like `connect`, but at once: the phone shows its own way to the server in `view.connection`. */
export function openPhone(options: ConnectOptions, environment: Partial<Environment> = {}): Phone {
  return new Phone(options, { ...browserEnvironment(), ...environment });
}

export { Phone } from './Phone';
export type { ConnectOptions, TransferTarget } from './ConnectOptions';
export { RestClient, type Login, type RestOptions } from './RestClient';
export { RingmasterError, codeOf } from './RingmasterError';
export { isOver, type EndedEvent, type RingingEvent, type StateEvent } from './screens';
export type { ConnectionEvent, PhoneEvents, PhoneView } from './events';
export type { LineState } from './AgentLine';
export type { SocketState } from './LiveSocket';
export type { Environment, SocketLike } from './Environment';
export type * from './protocol';
export type * from './records';
