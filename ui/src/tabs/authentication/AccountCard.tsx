import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pencil, Plug, RefreshCw, Unplug, Wifi } from "lucide-react";
import { useState } from "react";

import { accountTitle, attentionOf, isConnected, SUPPLIER_NAMES } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive, useLiveSet, useTell } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { cx } from "@/lib/cx";
import { useMinutes } from "@/lib/use-now";
import { AccountFacts } from "@/tabs/shared/AccountFacts";
import { AttentionNote } from "@/tabs/shared/AttentionNote";
import { AccountBadge } from "@/tabs/shared/StateBadge";
import { Button, IconButton } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/Feedback";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";

import { Rename } from "./Rename";
import { TestSteps } from "./TestSteps";

interface Props {
  supplier: Supplier;
  account: AccountStatus | undefined;
  /** Whether the supplier has other accounts: then each says whose it is. */
  several: boolean;
  /** The first account of a supplier is called after it. */
  testName: string;
  guideOpen: boolean;
  onGuide: (renew?: boolean) => void;
}

export function AccountCard({ supplier, account, several, testName, guideOpen, onGuide }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const now = useMinutes();
  const [asking, setAsking] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const tell = useTell();
  const title = account ? accountTitle(account, several) : SUPPLIER_NAMES[supplier];
  const id = account?.account ?? "";
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: keys.status }) };
  const renew = useMutation({ mutationFn: () => backend.refreshAccount(supplier, id), ...settled });
  const setLive = useLiveSet();
  const steps = useLive((live) => live.aliexpressSteps);
  const test = useMutation({
    mutationFn: (): Promise<unknown> => (supplier === "cj" ? backend.cjTest(id) : backend.aliexpressTest(id)),
    onMutate: () => setLive({ aliexpressSteps: [] }),
    ...settled,
  });
  const disconnect = useMutation({
    mutationFn: () => backend.disconnect(supplier, id),
    onSuccess: () => {
      tell({ kind: "disconnected", name: title });
      onGuide();
    },
    ...settled,
  });
  const state = account?.state ?? "not_connected";
  const known = account !== undefined && state !== "not_connected";
  const failed = renew.error ?? test.error ?? disconnect.error;
  const attention = account ? attentionOf(account, now) : null;
  // The access can be renewed by itself; a consent that ends cannot, and one button is enough.
  const due = attention?.kind === "consent_ends";
  const lost = attention?.kind === "consent_over" || attention?.kind === "key_refused";
  // What needs attention is said with its button; the error that led there is in its details.
  const error = failed ? toErrorView(failed) : attention ? null : account?.last_error;

  return (
    <Card
      aria-label={title}
      data-testid={`account-${testName}`}
      data-state={state}
      className={cx("flex flex-col px-4.5 py-3.5", guideOpen && "border-accent/50")}
    >
      <div className="mb-2.5 flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate">{title}</h2>
        <AccountBadge state={state} />
        {known && (
          <Menu
            trigger={
              <IconButton label={t("account.menu", { supplier: title })} data-testid={`account-menu-${testName}`} className="-mr-1.5">
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            {isConnected(account) && (
              <MenuItem icon={<RefreshCw aria-hidden />} onSelect={() => renew.mutate()}>
                {t("account.renew")}
              </MenuItem>
            )}
            <MenuItem icon={<Wifi aria-hidden />} onSelect={() => test.mutate()}>
              {t("account.test")}
            </MenuItem>
            <MenuItem icon={<Plug aria-hidden />} onSelect={() => onGuide(true)} testId={`reconnect-${testName}`}>
              {t("account.reconnect")}
            </MenuItem>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setRenaming(true)} testId={`rename-${testName}`}>
              {t("account.rename")}
            </MenuItem>
            <MenuLine />
            <MenuItem icon={<Unplug aria-hidden />} danger onSelect={() => setAsking(true)} testId={`disconnect-${testName}`}>
              {t("account.disconnect")}
            </MenuItem>
          </Menu>
        )}
      </div>
      {known ? <AccountFacts account={account} /> : <p className="text-muted">{t(`overview.why.${supplier}`)}</p>}
      {supplier === "aliexpress" && !test.isIdle && <TestSteps steps={steps} pending={test.isPending} />}
      {account && attention && <AttentionNote className="mt-3" account={account} attention={attention} onRenew={() => onGuide(true)} testId={`${due ? "renew" : "open"}-${testName}`} />}
      {error && <ErrorNote className="mt-3" error={error} />}
      <div className="flex flex-wrap items-center gap-2 pt-3">
        {due || lost ? null : isConnected(account) ? (
          <Button size="sm" icon={<RefreshCw aria-hidden />} busy={renew.isPending} onClick={() => renew.mutate()}>
            {t("account.renew")}
          </Button>
        ) : (
          <>
            {state === "suspended" && (
              <Button size="sm" icon={<Wifi aria-hidden />} busy={test.isPending} onClick={() => test.mutate()}>
                {t("account.test")}
              </Button>
            )}
            <Button size="sm" look={state === "suspended" ? "quiet" : "secondary"} data-testid={`open-${testName}`} aria-pressed={guideOpen} onClick={() => onGuide(known)}>
              {known ? t("account.reconnect") : t("account.connect")}
            </Button>
          </>
        )}
        {supplier === "aliexpress" && isConnected(account) && (
          <Button size="sm" look="quiet" icon={<Wifi aria-hidden />} data-testid="test-aliexpress" busy={test.isPending} onClick={() => test.mutate()}>
            {t("account.test")}
          </Button>
        )}
        {(renew.isSuccess || test.isSuccess) && !failed && (
          <span role="status" className="text-sm text-good">
            {t("account.works")}
          </span>
        )}
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => disconnect.mutate()}
        title={t("disconnect.title", { supplier: title })}
        confirm={t("account.disconnect")}
      >
        <p>{t(`disconnect.stops.${supplier}`)}</p>
        <p>{t("disconnect.stays")}</p>
      </Confirm>
      {account && <Rename open={renaming} account={account} onClose={() => setRenaming(false)} />}
    </Card>
  );
}
