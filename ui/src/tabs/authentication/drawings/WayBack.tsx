import type { Door } from "@/ipc/bindings/Door";

import { Drawing, Page, Stroke, Word } from "./Drawing";

/** How the answer comes back to this computer: straight, or by way of the owner's own page. */
export function WayBack({ door, className }: { door: Door; className?: string }) {
  const bridge = door === "bridge";
  return (
    <Drawing name="way-back" width={400} height={92} className={className}>
      <Page x={0} y={10} width={104} height={72} />
      <Word x={52} y={44} middle tone="fill-text">AliExpress</Word>
      <rect x="26" y="53" width="52" height="18" rx="5" className="fill-accent" />
      <path d="M46 62l4.5 4.5 8-9" className="stroke-on-accent" />
      {bridge ? (
        <>
          <path d="M110 46h40" className="stroke-accent" />
          <Page x={156} y={18} width={88} height={56} />
          <Word x={200} y={49} middle mono tone="fill-text">https://</Word>
          <Stroke x={174} y={61} length={52} />
          <path d="M250 46h40" className="stroke-accent" strokeDasharray="1 5" />
        </>
      ) : (
        <>
          <path d="M110 46h180" className="stroke-accent" />
          <rect x="154" y="34" width="92" height="24" rx="12" className="fill-surface stroke-accent" />
          <Word x={200} y={50} middle mono tone="fill-accent-text">code=3_…</Word>
        </>
      )}
      <path d="M285 41l5.5 5-5.5 5" className="stroke-accent" />
      <rect x="308" y="16" width="80" height="52" rx="6" className="fill-sunken stroke-control" />
      <path d="M296 76h104l-4 6h-96z" className="fill-surface stroke-control" />
      <g transform="translate(337 31)" className="stroke-accent" strokeWidth="2">
        <path d="M10 4.6h-2a6.4 6.4 0 0 0 0 12.8h2M12 4.6h2a6.4 6.4 0 0 1 0 12.8h-2M8 11h6" />
      </g>
    </Drawing>
  );
}
