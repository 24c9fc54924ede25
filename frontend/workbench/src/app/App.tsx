export function App() {
  return <h1>Ringmaster</h1>;
}
