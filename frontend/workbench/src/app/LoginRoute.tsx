import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { LoginPage } from '@/features/identity/LoginPage';
import { keepToken, restOf } from '@/session/session';

export function LoginRoute() {
  const { address } = useParams({ from: '/$address/login' });
  const { over } = useSearch({ from: '/$address/login' });
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [rest] = useState(() => restOf(address));
  return (
    <LoginPage
      address={address}
      rest={rest}
      sessionOver={over === true}
      onLogin={(token) => {
        cache.clear();
        keepToken(address, token);
        void navigate({ to: '/$address', params: { address } });
      }}
    />
  );
}
