import type { ReactNode } from "react";

import { Toasts } from "@/ui/Toast";

import { Actions } from "./Actions";
import { Feedbacks } from "./Feedbacks";
import { Fields } from "./Fields";
import { Layers } from "./Layers";
import { Shown } from "./Shown";

/** `open` names the layer that lies over the page: two cannot at once. */
export function Gallery({ open }: { open: string | null }) {
  return (
    <main className="mx-auto grid max-w-page gap-6 p-8">
      <h1 className="text-xl tracking-tight">The parts of the window</h1>
      <Actions />
      <Fields />
      <Feedbacks />
      <Shown />
      <Toasts>
        <Layers open={open} />
      </Toasts>
    </main>
  );
}

/** One part with its name. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} data-part={name} className="grid grid-cols-[var(--container-label)_minmax(0,1fr)] items-start gap-4 border-t border-line-soft pt-4">
      <h2>{name}</h2>
      <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
    </section>
  );
}
