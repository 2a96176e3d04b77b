import type { ReactNode } from "react";

import { isConnected } from "@/data/accounts";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import { useMinutes } from "@/lib/use-now";
import { Facts } from "@/ui/Card";

/** What an owner asks about an account: who, until when, renewed when, does it work. */
export function AccountFacts({ account, brief = false }: { account: AccountStatus; brief?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinutes();
  const name = <span key="name" title={account.name} className="block truncate">{account.name}</span>;
  const rows: [string, ReactNode][] = [[t("account.name"), name]];
  if (isConnected(account)) {
    if (account.renews_at !== null) rows.push([t("account.access"), t("account.renews", { date: format.date(account.renews_at) })]);
    else if (account.access_expires_at !== null) rows.push([t("account.access"), t("account.until", { date: format.date(account.access_expires_at) })]);
    // CJ’s key buys new access at any time: only AliExpress’s consent ends.
    if (account.supplier === "aliexpress" && account.refresh_expires_at !== null) rows.push([t("account.consent"), t("account.until", { date: format.date(account.refresh_expires_at) })]);
  }
  if (account.app_status !== null) {
    // What a short-lived consent means is worth a sentence; that all is as it should be is worth a word.
    const explained = account.app_status === "test" && !brief;
    rows.push([t("aliexpress_test.app"), explained ? t("core:app_status.test.meaning") : t(`core:app_status.${account.app_status}.name`)]);
  }
  if (account.points) rows.push([t("account.points"), t("account.points_left", { left: format.number(account.points.remaining), total: format.number(account.points.total) })]);
  if (account.qps !== null && !brief) rows.push([t("account.pace"), t("account.calls_a_second", { count: account.qps })]);
  if (account.last_success_at !== null) rows.push([t("account.last_success"), format.ago(account.last_success_at, now)]);
  if (isConnected(account) && !account.kept) rows.push([t("account.secrets"), t("account.session_only")]);
  return <Facts rows={rows} />;
}
