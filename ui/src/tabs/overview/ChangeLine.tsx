import { ArrowDown, ArrowUp } from "lucide-react";

import { useNavigation } from "@/data/navigation";
import { useFormat } from "@/i18n/format";
import type { ChangeRow } from "@/ipc/bindings/ChangeRow";
import { useMinutes } from "@/lib/use-now";
import { ChangeWords } from "@/tabs/shared/ChangeWords";

/** A product something happened to, and the way to it. */
export function ChangeLine({ change, why }: { change: ChangeRow; why: string }) {
  const { go } = useNavigation();
  const format = useFormat();
  const now = useMinutes();
  return (
    <li className="border-t border-line-soft">
      <button
        type="button"
        onClick={() => go("products", { product: { supplier: change.supplier, id: change.product_id } })}
        className="flex w-full items-center gap-3 px-4.5 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate">{change.title}</span>
          <span className="block text-sm text-muted">
            {why} · {format.ago(change.at, now)}
          </span>
        </span>
        <ChangeWords change={change} icons={{ up: <ArrowUp aria-hidden />, down: <ArrowDown aria-hidden /> }} />
      </button>
    </li>
  );
}
