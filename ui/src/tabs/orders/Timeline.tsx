
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { OrderEvent } from "@/ipc/bindings/OrderEvent";

const KNOWN = ["created", "paid", "left_warehouse", "tracking", "delivered"] as const;
const isKnown = (what: string): what is (typeof KNOWN)[number] => (KNOWN as readonly string[]).includes(what);

/** What happened, oldest first. */
export function Timeline({ events, none }: { events: OrderEvent[]; none: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (events.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ol className="ml-1.25 border-l-2 border-line pl-4">
      {events.map((event, index) => {
        const about = isKnown(event.what) ? t(`order.events.${event.what}`) : event.what;
        // A carrier's line speaks for itself; the others are headed by what they are.
        const title = event.what === "tracking" && event.detail !== null ? event.detail : about;
        const detail = title === event.detail ? null : event.detail;
        return (
          <li key={`${event.at ?? ""}${event.what}${index}`} className="relative pb-3 last:pb-0">
            <span aria-hidden className="absolute top-1.5 -left-5.25 size-2 rounded-full border-2 border-accent bg-surface" />
            {title}
            <span className="block text-sm text-muted">
              {[event.at === null ? null : format.dateTime(event.at), detail, event.tracking_number].filter(Boolean).join(" · ")}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
