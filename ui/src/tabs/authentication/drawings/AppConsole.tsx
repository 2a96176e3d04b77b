import { Drawing, Page, Stroke, Word } from "./Drawing";

const FIELDS = [
  { name: "App Key", value: "500000", fill: false },
  { name: "App Secret", value: "••••••••••••••••", fill: false },
  { name: "Callback URL", value: "http://127.0.0.1:…", fill: true },
];

/** AliExpress' console, App Overview: two fields to copy from, one to fill in. */
export function AppConsole({ className }: { className?: string }) {
  return (
    <Drawing name="app-console" width={400} height={132} className={className}>
      <Page x={0} y={0} width={400} height={132} />
      <path d="M122 16v115" className="stroke-line" />
      <Word x={14} y={37}>App Management</Word>
      <rect x="8" y="46" width="106" height="22" rx="5" className="fill-accent-soft" />
      <Word x={14} y={61} tone="fill-accent-text">App Overview</Word>
      <Stroke x={14} y={82} length={52} />
      <Stroke x={14} y={98} length={40} />
      {FIELDS.map(({ name, value, fill }, row) => (
        <g key={name} transform={`translate(134 ${28 + row * 33})`}>
          <Word x={0} y={16}>{name}</Word>
          <rect x="80.5" y="0.5" width="174" height="24" rx="5" className={fill ? "fill-accent-soft stroke-accent" : "fill-surface stroke-control"} />
          <Word x={89} y={16} mono tone={fill ? "fill-accent-text" : "fill-text"}>{value}</Word>
          {fill ? (
            <path d="M243 8v9M239.5 13.5l3.5 3.5 3.5-3.5" className="stroke-accent" />
          ) : (
            <path d="M237 9.5h6.5v7h-6.5zM239.5 9.5v-2.5h6.5v7h-2.5" className="stroke-muted" />
          )}
        </g>
      ))}
    </Drawing>
  );
}
