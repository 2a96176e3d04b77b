import { Drawing, Page, Pointer, Stroke, Word } from "./Drawing";

/** Where CJ keeps the API key: My CJ, Authorization, API, Add API. */
export function CjMenu({ className }: { className?: string }) {
  return (
    <Drawing name="cj-menu" width={400} height={118} className={className}>
      <Page x={0} y={0} width={400} height={118} />
      <path d="M128 16v101" className="stroke-line" />
      <Word x={14} y={37} tone="fill-text">My CJ</Word>
      <path d="M19 45v46M19 61h6M19 91h6" className="stroke-control" />
      <Word x={31} y={65} tone="fill-text">Authorization</Word>
      <rect x="27" y="79" width="92" height="23" rx="5" className="fill-accent-soft" />
      <Word x={35} y={95} tone="fill-accent-text">API</Word>
      <Stroke x={148} y={38} length={74} />
      <rect x="148.5" y="54.5" width="232" height="46" rx="6" className="fill-surface stroke-line" />
      <circle cx="169" cy="73" r="4.5" className="stroke-muted" />
      <path d="M173 75l13 6.5M182.5 79.3l-2 3.8" className="stroke-muted" />
      <Stroke x={198} y={72} length={52} />
      <Stroke x={198} y={83} length={34} />
      <rect x="296" y="65" width="72" height="25" rx="6" className="fill-accent" />
      <Word x={332} y={81.5} tone="fill-on-accent" middle>Add API</Word>
      <Pointer x={352} y={84} />
    </Drawing>
  );
}
