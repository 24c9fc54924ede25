import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startWords } from './app/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
startWords();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
