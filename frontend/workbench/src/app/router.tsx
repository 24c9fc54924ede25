import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { parseFilters } from '@/features/recording/parseFilters';
import { tokenOf } from '@/session/session';
import { DeskPage } from './desk/DeskPage';
import { CallsPlace, QueuePlace, SettingsPlace, TruthPlace } from './places';
import { LoginRoute } from './LoginRoute';
import { SessionShell } from './SessionShell';

/** `/{address}/…`: every instance has its own address, and everything of it lives below. */
const root = createRootRoute({ component: Outlet });

const instance = createRoute({ getParentRoute: () => root, path: '$address' });

const login = createRoute({
  getParentRoute: () => instance,
  path: 'login',
  validateSearch: (search: Record<string, unknown>): { over?: boolean } =>
    search['over'] === true ? { over: true } : {},
  component: LoginRoute,
});

const session = createRoute({
  getParentRoute: () => instance,
  id: 'session',
  beforeLoad: ({ params }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told to go elsewhere
    if (!tokenOf(params.address)) throw redirect({ to: '/$address/login', params });
  },
  component: SessionShell,
});

const desk = createRoute({
  getParentRoute: () => session,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { call?: string } =>
    typeof search['call'] === 'string' && search['call'] !== '' ? { call: search['call'] } : {},
  component: DeskPage,
});

const calls = createRoute({
  getParentRoute: () => session,
  path: 'calls',
  validateSearch: parseFilters,
  component: CallsPlace,
});

const queue = createRoute({ getParentRoute: () => session, path: 'queue', component: QueuePlace });
const truth = createRoute({ getParentRoute: () => session, path: 'truth', component: TruthPlace });
const settings = createRoute({
  getParentRoute: () => session,
  path: 'settings',
  component: SettingsPlace,
});

const routeTree = root.addChildren([
  instance.addChildren([login, session.addChildren([desk, calls, queue, truth, settings])]),
]);

export function createAppRouter() {
  return createRouter({ routeTree, defaultPreload: false, scrollRestoration: false });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
