import { useEffect, useRef } from "react";

import { useNavigation } from "@/data/navigation";
import { useTargets } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { leadTo } from "@/lib/into-view";
import { Button } from "@/ui/Button";
import { CardSkeleton, ErrorNote } from "@/ui/Feedback";

import { PostgresCard } from "./PostgresCard";
import { SupabaseCard } from "./SupabaseCard";

/** Where the catalogue goes: the shop's database, and its Supabase project. */
export function ShopSection() {
  const { t } = useTranslation();
  const targets = useTargets();
  const { wish } = useNavigation();
  const section = useRef<HTMLElement>(null);
  const wished = wish.shop === true && !targets.isPending;
  useEffect(() => {
    if (wished) leadTo(() => section.current);
  }, [wished]);
  return (
    <section ref={section} aria-labelledby="shop-title" data-testid="shop" className="mt-7">
      <h2 id="shop-title" className="text-lg font-semibold tracking-tight">{t("shop.title")}</h2>
      <p className="mt-0.5 text-muted">{t("shop.note")}</p>
      <div className="mt-3.5">
        {targets.data ? (
          <div className="grid items-start gap-3.5 small:grid-cols-2">
            <PostgresCard key={targets.data.postgres} targets={targets.data} />
            <SupabaseCard key={targets.data.supabase?.reference} project={targets.data.supabase} />
          </div>
        ) : targets.isError ? (
          <ErrorNote error={toErrorView(targets.error)} action={<Button onClick={() => void targets.refetch()}>{t("common.retry")}</Button>} />
        ) : (
          <CardSkeleton lines={3} />
        )}
      </div>
    </section>
  );
}
