/** Two links of a chain, closed: the shop and its suppliers. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 22 22" aria-hidden className={className}>
      <defs>
        <linearGradient id="logo" x1="0" y1="0" x2="1" y2="1">
          <stop stopColor="var(--logo-from)" />
          <stop offset="1" stopColor="var(--logo-to)" />
        </linearGradient>
      </defs>
      <rect width="22" height="22" rx="6" fill="url(#logo)" />
      <g fill="none" stroke="var(--logo-line)" strokeWidth="2" strokeLinecap="round">
        <path d="M10.4 7.6h-1.6a3.4 3.4 0 0 0 0 6.8h1.6" />
        <path d="M11.6 7.6h1.6a3.4 3.4 0 0 1 0 6.8h-1.6" />
        <path d="M9.2 11h3.6" />
      </g>
    </svg>
  );
}
