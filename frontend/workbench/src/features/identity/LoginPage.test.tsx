import { RestClient } from '@ringmaster/sdk';
import { spec } from '@ringmaster/spec';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import { draw, ScriptedPhone } from '@/testing/scriptedPhone';
import { LoginPage } from './LoginPage';

function door(answer: (path: string) => Response) {
  const onLogin = vi.fn();
  const rest = new RestClient({
    baseUrl: 'http://desk.example',
    fetch: (input) => Promise.resolve(answer((input as string).split('/api/v1')[1] ?? '')),
  });
  draw(
    new ScriptedPhone({}),
    <LoginPage address="demo" rest={rest} sessionOver={false} onLogin={onLogin} />,
    'en',
  );
  return { onLogin, person: userEvent.setup({ delay: null }) };
}

const instance = () => Response.json({ id: 'ccc_1', address: 'demo', name: 'Demo instance' });

async function fill(person: ReturnType<typeof userEvent.setup>) {
  await person.type(screen.getByTestId('login-name'), ' alice@demo.example ');
  await person.type(screen.getByTestId('login-password'), 'secret');
  await person.click(screen.getByTestId('login-submit'));
}

spec('ADM-001', 'the page says whose it is and lets in with the token', async () => {
  const { onLogin, person } = door((path) =>
    path === '/sessions' ? Response.json({ accessToken: 'token-1', expiresIn: 60 }) : instance(),
  );
  expect(await screen.findByText('Demo instance')).toBeInTheDocument();
  await fill(person);
  await waitFor(() => {
    expect(onLogin).toHaveBeenCalledWith('token-1');
  });
});

spec(
  'ADM-001',
  'unknown and wrong are told in the same words, and what was typed stays',
  async () => {
    const { onLogin, person } = door((path) =>
      path === '/sessions'
        ? Response.json({ code: 'LoginFailed', message: 'no' }, { status: 401 })
        : instance(),
    );
    await fill(person);
    expect(await screen.findByTestId('login-error')).toHaveTextContent(
      'The account or the password is not right.',
    );
    expect(screen.getByTestId('login-name')).toHaveValue(' alice@demo.example ');
    expect(onLogin).not.toHaveBeenCalled();
  },
);

spec('ADM-005', 'a locked account says that it is locked and what to do', async () => {
  const { person } = door((path) =>
    path === '/sessions'
      ? Response.json({ code: 'AccountLocked', message: 'x' }, { status: 423 })
      : instance(),
  );
  await fill(person);
  expect(await screen.findByTestId('login-error')).toHaveTextContent('Try again in 15 minutes');
});

spec('ADM-001', 'an address without an instance is told as such', async () => {
  door(() => Response.json({ code: 'NotFound', message: 'no' }, { status: 404 }));
  expect(
    await screen.findByText(/Nothing lives at “\/demo”/, undefined, { timeout: 4_000 }),
  ).toBeInTheDocument();
});
