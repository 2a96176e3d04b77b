import * as Menu from "@radix-ui/react-dropdown-menu";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Plug, RefreshCw, Unplug, Wifi } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { attentionOf, isConnected, SUPPLIER_NAMES } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive, useLiveSet } from "@/data/live-context";
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

import { TestSteps } from "./TestSteps";

interface Props {
  supplier: Supplier;
  account: AccountStatus | undefined;
  guideOpen: boolean;
  onGuide: (renew?: boolean) => void;
}

export function AccountCard({ supplier, account, guideOpen, onGuide }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const now = useMinutes();
  const [asking, setAsking] = useState(false);
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
    onSuccess: () => onGuide(),
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
      aria-label={SUPPLIER_NAMES[supplier]}
      data-testid={`account-${supplier}`}
      data-state={state}
      className={cx("flex flex-col px-4.5 py-3.5", guideOpen && "border-accent/50")}
    >
      <div className="mb-2.5 flex items-center gap-2">
        <h2 className="flex-1">{SUPPLIER_NAMES[supplier]}</h2>
        <AccountBadge state={state} />
        {known && (
          <Menu.Root>
            <Menu.Trigger asChild>
              <IconButton label={t("account.menu", { supplier: SUPPLIER_NAMES[supplier] })} data-testid={`account-menu-${supplier}`} className="-mr-1.5">
                <Ellipsis aria-hidden />
              </IconButton>
            </Menu.Trigger>
            <Menu.Portal>
              <Menu.Content align="end" sideOffset={4} className="z-30 min-w-52 animate-rise rounded-md border bg-raised p-1 shadow-float">
                {isConnected(account) && (
                  <Item icon={<RefreshCw aria-hidden />} onSelect={() => renew.mutate()}>
                    {t("account.renew")}
                  </Item>
                )}
                <Item icon={<Wifi aria-hidden />} onSelect={() => test.mutate()}>
                  {t("account.test")}
                </Item>
                <Item icon={<Plug aria-hidden />} onSelect={() => onGuide(true)} testId={`reconnect-${supplier}`}>
                  {t("account.reconnect")}
                </Item>
                <Menu.Separator className="my-1 h-px bg-line-soft" />
                <Item icon={<Unplug aria-hidden />} danger onSelect={() => setAsking(true)} testId={`disconnect-${supplier}`}>
                  {t("account.disconnect")}
                </Item>
              </Menu.Content>
            </Menu.Portal>
          </Menu.Root>
        )}
      </div>
      {known ? <AccountFacts account={account} /> : <p className="text-muted">{t(`overview.why.${supplier}`)}</p>}
      {supplier === "aliexpress" && !test.isIdle && <TestSteps steps={steps} pending={test.isPending} />}
      {account && attention && <AttentionNote className="mt-3" account={account} attention={attention} onRenew={() => onGuide(true)} testId={`${due ? "renew" : "open"}-${supplier}`} />}
      {error && <ErrorNote className="mt-3" error={error} />}
      <div className="mt-auto flex items-center gap-2 pt-3">
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
            <Button size="sm" look={state === "suspended" ? "quiet" : "secondary"} data-testid={`open-${supplier}`} aria-pressed={guideOpen} onClick={() => onGuide(known)}>
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
        title={t("disconnect.title", { supplier: SUPPLIER_NAMES[supplier] })}
        confirm={t("account.disconnect")}
      >
        <p>{t(`disconnect.stops.${supplier}`)}</p>
        <p>{t("disconnect.stays")}</p>
      </Confirm>
    </Card>
  );
}

function Item({ icon, danger = false, onSelect, testId, children }: {
  icon: ReactNode;
  danger?: boolean;
  onSelect: () => void;
  testId?: string;
  children: ReactNode;
}) {
  return (
    <Menu.Item
      onSelect={onSelect}
      data-testid={testId}
      className={cx(
        "flex h-8 items-center gap-2.5 rounded-sm px-2 outline-none data-highlighted:bg-hover [&>svg]:size-3.5",
        danger ? "text-bad data-highlighted:bg-bad-soft" : "[&>svg]:text-muted",
      )}
    >
      {icon}
      {children}
    </Menu.Item>
  );
}
