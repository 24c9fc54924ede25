/** Our mark: a ring with a listener in it. */
export function Logo(props: { size?: number }) {
  const size = props.size ?? 40;
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" role="img" aria-label="Ringmaster">
      <rect width="40" height="40" rx="10" fill="#2456d6" />
      <path
        d="M11 22a9 9 0 1 1 18 0"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <rect x="8.5" y="20.5" width="5.5" height="9" rx="2.6" fill="#fff" />
      <rect x="26" y="20.5" width="5.5" height="9" rx="2.6" fill="#fff" />
      <circle cx="20" cy="23" r="2.4" fill="#fff" />
    </svg>
  );
}
