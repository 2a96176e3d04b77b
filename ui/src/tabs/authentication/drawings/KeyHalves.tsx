import { Drawing, Word } from "./Drawing";

/** A CJ key: who, `@api@`, and the secret half. */
export function KeyHalves({ className }: { className?: string }) {
  return (
    <Drawing name="key-halves" width={400} height={74} className={className}>
      <rect x="0.75" y="0.75" width="398.5" height="32" rx="7" className="fill-sunken stroke-control" />
      <rect x="5" y="5" width="84" height="23.5" rx="4" className="fill-accent-soft" />
      <Word x={47} y={21} mono middle tone="fill-accent-text">CJ1234567</Word>
      <Word x={113} y={21} mono middle>@api@</Word>
      <rect x="137" y="5" width="257" height="23.5" rx="4" className="fill-neutral-soft" />
      <Word x={265.5} y={21} mono middle tone="fill-text">0123 ••••••••••••••••••••••• cdef</Word>
      <path d="M5 40q0 5 5 5h32l5 4 5-4h32q5 0 5-5" className="stroke-accent" />
      <path d="M137 40q0 5 5 5h118.5l5 4 5-4h118.5q5 0 5-5" className="stroke-muted" />
      <circle cx="47" cy="57.5" r="3.5" className="stroke-accent" />
      <path d="M40 72q0-7 7-7t7 7" className="stroke-accent" />
      <rect x="259" y="61" width="13" height="10.5" rx="2" className="stroke-muted" />
      <path d="M262 61v-2.5a3.5 3.5 0 0 1 7 0v2.5" className="stroke-muted" />
    </Drawing>
  );
}
