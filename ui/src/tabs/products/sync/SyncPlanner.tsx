import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";

import { isConnected } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLiveSet } from "@/data/live-context";
import { useAccount } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { useDebounced } from "@/lib/use-debounced";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { AccountChoice } from "@/tabs/shared/AccountChoice";
import { Button, IconButton } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorNote } from "@/ui/Feedback";
import { Checkbox } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { Cost } from "./Cost";
import { SearchScope } from "./SearchScope";
import { NO_SEARCH, type ScopeKind, scopesFor, scopeText } from "./scope";

/** Chooses what to fetch and says what it costs before it starts. */
export function SyncPlanner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const setLive = useLiveSet();
  const scopes = scopesFor(isConnected(useAccount("cj")), isConnected(useAccount("aliexpress")));
  const [chosenKind, setKind] = useState<ScopeKind | null>(null);
  const kind = chosenKind ?? scopes[0] ?? "my_products";
  const [search, setSearch] = useState(NO_SEARCH);
  const [category, setCategory] = useState("");
  const supplier = kind === "imported" ? "aliexpress" : "cj";
  const [accounts, setAccounts] = useState<Partial<Record<Supplier, string>>>({});
  const account = accounts[supplier];
  const [details, setDetails] = useState(true);
  const [fresh, setFresh] = useState(false);
  const olderThan = details && fresh ? 0 : null;
  const categories = useQuery({
    queryKey: keys.categories,
    queryFn: () => backend.categories(),
    enabled: kind === "category",
    staleTime: Infinity,
  });
  const chosen = scopeText(kind, search, category);
  const scope = useDebounced(chosen, 250);
  const plan = useQuery({
    queryKey: keys.plan(scope ?? "", details, fresh, account),
    queryFn: () => backend.syncPlan(scope ?? "", details, olderThan, account),
    enabled: scope !== null,
    staleTime: 0,
  });
  const start = useMutation({
    mutationFn: (text: string) => backend.syncStart(text, details, olderThan, account),
    onMutate: () => setLive({ endedRun: null, etaSeconds: null }),
    onSuccess: (receipt) => {
      // A quick sync may have ended before this answer came.
      if (client.getQueryData(keys.sync) === null) client.setQueryData(keys.sync, receipt);
      void client.invalidateQueries({ queryKey: keys.sync });
      onClose();
    },
  });

  return (
    <Card aria-label={t("sync.title")} data-testid="sync-panel" className="animate-rise px-4.5 py-3.5">
      <div className="flex items-start justify-between">
        <h2>{t("sync.title")}</h2>
        <IconButton label={t("common.close")} onClick={onClose} className="-mt-1 -mr-2">
          <X aria-hidden />
        </IconButton>
      </div>
      <div className="mt-1 flex flex-wrap items-end gap-x-6 gap-y-3">
        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-medium text-muted">{t("sync.scope")}</legend>
          <div className="flex flex-wrap gap-1.5">
            {scopes.map((option) => (
              <label
                key={option}
                className="flex h-8 items-center rounded-md border border-control px-3 has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
              >
                <input type="radio" name="scope" value={option} checked={kind === option} data-testid={`scope-${option}`} onChange={() => setKind(option)} className="sr-only" />
                {t(`scope.${option}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <AccountChoice supplier={supplier} value={account} onChange={(chosen) => setAccounts({ ...accounts, [supplier]: chosen })} className="min-w-56" />
        {kind === "search" && <SearchScope value={search} onChange={setSearch} />}
        {kind === "category" && (
          <Select
            className="min-w-56 flex-1"
            label={t("scope.category")}
            value={category}
            choices={[
              { value: "", text: categories.isPending ? t("common.loading") : t("sync.choose_category") },
              ...(categories.data ?? []).map(({ id, path }) => ({ value: id, text: path })),
            ]}
            onChange={setCategory}
          />
        )}
      </div>
      {categories.isError && <ErrorNote className="mt-3" error={toErrorView(categories.error)} />}
      <div className="mt-3">
        {kind === "imported" ? (
          <p className="text-sm text-muted">{t("sync.imported_note")}</p>
        ) : (
          <Checkbox
            label={t("sync.details")}
            hint={t("sync.details_note")}
            data-testid="sync-details"
            checked={details}
            onChange={(event) => setDetails(event.target.checked)}
          />
        )}
        {kind !== "imported" && details && (fresh || (plan.data?.fresh ?? 0) > 0) && (
          <div className="mt-2">
            <Checkbox
              label={t("sync.ask_fresh")}
              hint={fresh ? undefined : t("sync.fresh", { count: plan.data?.fresh ?? 0 })}
              data-testid="sync-fresh"
              checked={fresh}
              onChange={(event) => setFresh(event.target.checked)}
            />
          </div>
        )}
      </div>
      {start.isError && <ErrorNote className="mt-3" error={toErrorView(start.error)} />}
      <div className="mt-3.5 flex items-center justify-between gap-4 border-t border-line-soft pt-3">
        <Cost plan={plan.data ?? null} imported={kind === "imported"} pending={chosen !== null && (plan.isFetching || scope !== chosen)} error={plan.isError ? toErrorView(plan.error) : null} />
        <Button
          look="primary"
          data-testid="sync-start"
          busy={start.isPending}
          disabled={chosen === null || (chosen === scope && plan.data?.calls === 0)}
          onClick={() => chosen !== null && start.mutate(chosen)}
        >
          {t("sync.start")}
        </Button>
      </div>
    </Card>
  );
}
