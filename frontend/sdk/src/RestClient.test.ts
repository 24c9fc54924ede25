import { expect, test } from 'vitest';
import { RestClient } from './RestClient';

function answering(answer: () => Response) {
  const asked: { url: string; headers: Headers; body: string | undefined }[] = [];
  const client = new RestClient({
    baseUrl: 'http://desk.example',
    getToken: () => 't-1',
    fetch: (input, init) => {
      asked.push({
        url: input as string,
        headers: new Headers(init?.headers),
        body: init?.body as string | undefined,
      });
      return Promise.resolve(answer());
    },
  });
  return { client, asked };
}

test('asks with the token in the header and leaves out what is not asked', async () => {
  const { client, asked } = answering(() =>
    Response.json({ page: 1, size: 20, total: 0, items: [] }),
  );
  await client.calls({ mine: true, q: '', page: 2 });
  expect(asked[0]?.url).toBe('http://desk.example/api/v1/calls?mine=true&page=2');
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer t-1');
});

test('a refusal keeps code, sentence, field and request', async () => {
  const { client } = answering(() =>
    Response.json(
      { code: 'AccountLocked', message: 'Try again at 10:15.', field: 'login', requestId: 'q-1' },
      { status: 423 },
    ),
  );
  await expect(client.login('demo', 'alice', 'x')).rejects.toMatchObject({
    code: 'AccountLocked',
    message: 'Try again at 10:15.',
    field: 'login',
    requestId: 'q-1',
    status: 423,
  });
});

test('an answer that is not ours still has a stable code', async () => {
  const { client } = answering(() => new Response('<html>bad gateway', { status: 502 }));
  await expect(client.me()).rejects.toMatchObject({ code: 'Unavailable', status: 502 });
});

test('no network is told apart from a refusal', async () => {
  const client = new RestClient({
    baseUrl: 'http://desk.example',
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
  });
  await expect(client.queue()).rejects.toMatchObject({ code: 'NoConnection' });
});
