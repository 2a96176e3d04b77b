
import { accountTitle, attentionOf, isConnected, SUPPLIER_NAMES } from "@/data/accounts";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { useMinutes } from "@/lib/use-now";
import { AccountFacts } from "@/tabs/shared/AccountFacts";
import { AttentionNote } from "@/tabs/shared/AttentionNote";
import { AccountBadge } from "@/tabs/shared/StateBadge";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorNote } from "@/ui/Feedback";

interface Props {
  supplier: Supplier;
  account: AccountStatus | undefined;
  several: boolean;
  /** The next step above says what this account needs. */
  told: boolean;
}

export function ConnectionCard({ supplier, account, several, told }: Props) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const state = account?.state ?? "not_connected";
  const now = useMinutes();
  const attention = account ? attentionOf(account, now) : null;
  const title = account ? accountTitle(account, several) : SUPPLIER_NAMES[supplier];
  const open = (renew = false) => go("authentication", { guide: supplier, renew, account: account?.account });
  return (
    <Card aria-label={title} className="flex flex-col px-4.5 py-3.5">
      <div className="mb-2.5 flex items-center justify-between gap-3">
        <h2 className="min-w-0 truncate">{title}</h2>
        <AccountBadge state={state} />
      </div>
      {account && state !== "not_connected" ? (
        <>
          <AccountFacts account={account} brief />
          {attention && !told && <AttentionNote brief className="mt-3" account={account} attention={attention} onRenew={() => open(true)} />}
          {!attention && account.last_error && (
            <ErrorNote
              brief
              className="mt-3"
              error={account.last_error}
              action={
                <Button size="sm" onClick={() => open()}>
                  {isConnected(account) ? t("common.see") : t("account.reconnect")}
                </Button>
              }
            />
          )}
        </>
      ) : (
        <div className="flex flex-1 flex-col items-start justify-between gap-3">
          <p className="text-muted">{t(`overview.why.${supplier}`)}</p>
          <Button onClick={() => open()}>{t("account.connect")}</Button>
        </div>
      )}
    </Card>
  );
}
