import { expect, test } from 'vitest';
import { resolveEndpoints } from './endpoints';

test('the live socket is encrypted when the page is', () => {
  expect(resolveEndpoints('http://127.0.0.1:8080').live.href).toBe(
    'ws://127.0.0.1:8080/api/v1/live',
  );
  expect(resolveEndpoints('https://desk.example').live.href).toBe('wss://desk.example/api/v1/live');
});
