import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { isConnected, SUPPLIERS } from "@/data/accounts";
import { useLive, useLiveSet } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useStatus } from "@/data/queries";
import { toErrorView } from "@/ipc/error";
import type { Status } from "@/ipc/bindings/Status";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/Card";
import { ErrorNote, Skeleton } from "@/ui/Feedback";

import { AccountCard } from "./AccountCard";
import { AliexpressGuide } from "./aliexpress/AliexpressGuide";
import { CjGuide } from "./cj/CjGuide";
import { ShopSection } from "./shop/ShopSection";
import { showGuide } from "./show-guide";

export function AuthenticationTab() {
  const { t } = useTranslation();
  const status = useStatus();
  return (
    <div className="max-w-page px-8 pt-6.5 pb-10">
      <PageHead title={t("authentication.title")} note={t("authentication.note")} />
      <div className="mt-5">
        {status.data ? (
          <Accounts status={status.data} />
        ) : status.isError ? (
          <ErrorNote error={toErrorView(status.error)} action={<Button onClick={() => void status.refetch()}>{t("common.retry")}</Button>} />
        ) : (
          <div role="status" aria-label={t("common.loading")} className="grid grid-cols-2 gap-3.5">
            <Skeleton className="h-32 rounded-lg" />
            <Skeleton className="h-32 rounded-lg" />
            <Skeleton className="col-span-2 h-80 rounded-lg" />
          </div>
        )}
      </div>
      <ShopSection />
    </div>
  );
}

/** The guide that opens by itself: the one asked for, else the supplier that still waits; none when all is well. */
function firstGuide(status: Status, wished: Supplier | undefined, renew: boolean): Supplier | null {
  const of = (supplier: Supplier) => status.accounts.find((account) => account.supplier === supplier);
  // What CJ suspended is switched on again at CJ; no step of the guide helps.
  const connected = (supplier: Supplier) => isConnected(of(supplier)) || of(supplier)?.state === "suspended";
  // A consent that ends soon is renewed while still connected.
  if (wished && (renew || !connected(wished))) return wished;
  if (!connected("cj")) return "cj";
  if (!connected("aliexpress")) return "aliexpress";
  return null;
}

function Accounts({ status }: { status: Status }) {
  const { wish } = useNavigation();
  const setLive = useLiveSet();
  const renew = wish.renew === true;
  const [guide, setGuide] = useState(() => firstGuide(status, wish.guide, renew));
  const live = useLive((state) => state.authorization?.phase);
  const over = live === "connected" || live === "failed";
  const [leftOver] = useState(renew && over);
  const open = (supplier: Supplier, atLastStep = false) => {
    // A guide opened again starts afresh: what the last attempt came to is on the card.
    if (over) setLive({ authorization: null });
    setGuide(supplier);
    showGuide(atLastStep);
  };
  useEffect(() => {
    if (!renew) return;
    if (leftOver) setLive({ authorization: null });
    showGuide(true);
  }, [renew, leftOver, setLive]);
  return (
    <>
      <div className="grid grid-cols-2 items-stretch gap-3.5">
        {SUPPLIERS.map((supplier) => (
          <AccountCard
            key={supplier}
            supplier={supplier}
            account={status.accounts.find((account) => account.supplier === supplier)}
            guideOpen={guide === supplier}
            onGuide={(atLastStep) => open(supplier, atLastStep)}
          />
        ))}
      </div>
      {guide === "cj" && <CjGuide onOther={() => open("aliexpress")} />}
      {guide === "aliexpress" && <AliexpressGuide onOther={() => open("cj")} />}
    </>
  );
}
