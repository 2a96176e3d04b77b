import { Plus } from "lucide-react";
import { useEffect, useState } from "react";

import { type AccountPlace, cardsOf, isConnected, SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import { useLive, useLiveSet } from "@/data/live-context";
import { useNavigation, type Wish } from "@/data/navigation";
import { useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { Status } from "@/ipc/bindings/Status";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/Card";
import { CardSkeleton, ErrorNote } from "@/ui/Feedback";

import { AccountCard } from "./AccountCard";
import { AliexpressGuide } from "./aliexpress/AliexpressGuide";
import { CjGuide } from "./cj/CjGuide";
import { ShopSection } from "./shop/ShopSection";
import { showGuide } from "./show-guide";

export function AuthenticationTab() {
  const { t } = useTranslation();
  const status = useStatus();
  return (
    <div className="max-w-page px-5 pt-6.5 min-[1000px]:px-8 pb-10">
      <PageHead
        title={t("authentication.title")}
        note={t("authentication.note")}
        actions={
          status.data && (
            <Badge tone={status.data.keychain === "available" ? "good" : "warn"} dot>
              {t(status.data.keychain === "available" ? "authentication.kept" : "authentication.not_kept")}
            </Badge>
          )
        }
      />
      <div className="mt-5">
        {status.data ? (
          <Accounts status={status.data} />
        ) : status.isError ? (
          <ErrorNote error={toErrorView(status.error)} action={<Button onClick={() => void status.refetch()}>{t("common.retry")}</Button>} />
        ) : (
          // Higher than a small window, and nothing in it takes the focus: it does itself, so that the keys can move the page.
          <div role="status" tabIndex={0} aria-label={t("common.loading")} className="grid gap-3.5 small:grid-cols-2">
            <CardSkeleton lines={4} />
            <CardSkeleton lines={4} />
            <CardSkeleton className="small:col-span-2" lines={12} />
          </div>
        )}
      </div>
      {/* What reads nothing of the accounts reads nothing of the shop: once is enough to be told. */}
      {!status.isError && <ShopSection />}
    </div>
  );
}

/** A guide that is open: whose, and for which of the accounts; none is the first, `null` another one beside them. */
interface Guide {
  supplier: Supplier;
  account?: string | null;
}

/** The guide that opens by itself: the one asked for, else the supplier that still waits; none when all is well. */
function firstGuide(status: Status, wish: Wish): Guide | null {
  // What CJ suspended is switched on again at CJ; no step of the guide helps.
  const connected = (supplier: Supplier) =>
    status.accounts.some((account) => account.supplier === supplier && (isConnected(account) || account.state === "suspended"));
  const wished = wish.guide;
  if (status.accounts.some((account) => account.account === wish.account && account.state === "suspended")) return null;
  // A consent that ends soon is renewed while still connected, and a connection that just came is shown.
  if (wished && (wish.renew === true || wish.arrived === true || !connected(wished))) return { supplier: wished, account: wish.account };
  if (!connected("cj")) return { supplier: "cj" };
  if (!connected("aliexpress")) return { supplier: "aliexpress" };
  return null;
}

function Accounts({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { wish } = useNavigation();
  const setLive = useLiveSet();
  const renew = wish.renew === true;
  const [guide, setGuide] = useState(() => firstGuide(status, wish));
  const live = useLive((state) => state.authorization?.phase);
  const over = live === "connected" || live === "failed";
  const [leftOver] = useState(renew && over);
  const open = (next: Guide, atLastStep = false) => {
    // A guide opened again starts afresh: what the last attempt came to is on the card.
    if (over) setLive({ authorization: null });
    setGuide(next);
    showGuide(atLastStep);
  };
  useEffect(() => {
    if (!renew) return;
    if (leftOver) setLive({ authorization: null });
    showGuide(true);
  }, [renew, leftOver, setLive]);
  const places = cardsOf(status.accounts);
  const firsts = new Set(SUPPLIERS.map((supplier) => places.find((place) => place.supplier === supplier)));
  const isOpen = ({ supplier, account }: AccountPlace, first: boolean) =>
    guide?.supplier === supplier && guide.account !== null && (guide.account === undefined ? first : guide.account === account?.account);
  return (
    <>
      <div className="grid items-stretch gap-3.5 small:grid-cols-2">
        {places.map((place) => {
          const { supplier, account, of } = place;
          const first = firsts.has(place);
          return (
            <AccountCard
              key={account?.account ?? supplier}
              supplier={supplier}
              account={account}
              several={of > 1}
              testName={first ? supplier : (account?.account ?? supplier)}
              guideOpen={isOpen(place, first)}
              // Among several nobody is meant by default: the usual account may be another than the first that was let go.
              onGuide={(atLastStep) => open({ supplier, account: of > 1 ? account?.account : undefined }, atLastStep)}
            />
          );
        })}
      </div>
      <div className="mt-2 -ml-1 flex flex-wrap gap-1">
        {SUPPLIERS.filter((supplier) => places.some((place) => place.supplier === supplier && isConnected(place.account))).map((supplier) => (
          <Button
            key={supplier}
            size="sm"
            look="quiet"
            icon={<Plus aria-hidden />}
            data-testid={`add-${supplier}`}
            aria-pressed={guide?.supplier === supplier && guide.account === null}
            onClick={() => open({ supplier, account: null })}
          >
            {t("account.add", { supplier: SUPPLIER_SHORT[supplier] })}
          </Button>
        ))}
      </div>
      {guide?.supplier === "cj" && <CjGuide key={String(guide.account)} account={guide.account} onOther={() => open({ supplier: "aliexpress" })} />}
      {guide?.supplier === "aliexpress" && <AliexpressGuide key={String(guide.account)} account={guide.account} onOther={() => open({ supplier: "cj" })} />}
    </>
  );
}
