import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { useAsking } from './actions/asking';
import { useDeskUi } from './ui/deskUi';

// What jsdom lacks of a browser.
if (typeof window !== 'undefined') {
  window.matchMedia = (query) =>
    ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
    }) as unknown as MediaQueryList;
  window.ResizeObserver = class {
    observe() {
      // nothing has a size here
    }
    unobserve() {
      // nothing has a size here
    }
    disconnect() {
      // nothing has a size here
    }
  };
  const original = window.getComputedStyle.bind(window);
  window.getComputedStyle = (element) => original(element);
}

afterEach(() => {
  cleanup();
  useAsking.setState({ asked: new Set(), refused: undefined });
  useDeskUi.setState(useDeskUi.getInitialState());
  window.sessionStorage.clear();
  window.localStorage.clear();
});
