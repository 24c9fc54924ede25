import type { ReactNode } from 'react';
import './identity.css';

/** A page that says one thing and offers one way on. */
export function WholePage(props: {
  icon: ReactNode;
  title: string;
  text: string;
  testId?: string;
  children?: ReactNode;
}) {
  return (
    <main className="whole-page" data-testid={props.testId}>
      <section className="whole-page-card panel" role="alert">
        <span className="whole-page-icon" aria-hidden>
          {props.icon}
        </span>
        <h1>{props.title}</h1>
        <p>{props.text}</p>
        {props.children}
      </section>
    </main>
  );
}
