
import { useTranslation } from "@/i18n";
import type { OrderState } from "@/ipc/bindings/OrderState";
import { Badge, type Tone } from "@/ui/Badge";

const TONES: Record<OrderState, Tone> = {
  draft: "warn",
  unpaid: "warn",
  processing: "accent",
  shipped: "info",
  delivered: "good",
  cancelled: "neutral",
  other: "neutral",
};

export function OrderBadge({ state }: { state: OrderState }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[state]}>{t(`core:order_states.${state}`)}</Badge>;
}
