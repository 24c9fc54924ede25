import type { Me, RestClient } from '@ringmaster/sdk';
import { createContext, useContext } from 'react';

/** Who is logged in, and where. */
export interface Session {
  address: string;
  me: Me;
  rest: RestClient;
  /** Ends the session here and on the server. */
  logOut: () => Promise<void>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session)
    throw new Error('Nobody is logged in: this component is drawn outside of a session.');
  return session;
}
