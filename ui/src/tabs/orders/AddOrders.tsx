import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { type SubmitEvent, useId, useRef, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { OrderAdded } from "@/ipc/bindings/OrderAdded";
import { useDebounced } from "@/lib/use-debounced";
import { AccountChoice } from "@/tabs/shared/AccountChoice";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorNote, Progress } from "@/ui/Feedback";

import { AddedOrders } from "./AddedOrders";

/** What stops one order stops the next: nothing more is asked after it. */
const STOPPING = ["rate_limited", "quota_spent", "network", "supplier_down", "clock_skew", "reconnect_needed", "not_connected", "keychain_unavailable", "permission_missing", "wrong_key", "wrong_secret"];

/** Takes AliExpress orders by number: pasted, line by line, or from a CSV. Each has its own result, told as it comes. */
export function AddOrders({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const field = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const stopped = useRef(false);
  const stopAsked = () => stopped.current;
  const [text, setText] = useState("");
  const [account, setAccount] = useState<string>();
  const [unreadable, setUnreadable] = useState(false);
  const [results, setResults] = useState<OrderAdded[]>([]);
  const [total, setTotal] = useState(0);
  const settled = useDebounced(text, 200);
  const named = useQuery({ queryKey: ["orders", "named", settled], queryFn: () => backend.ordersRecognise(settled), enabled: settled.trim() !== "", staleTime: Infinity });
  const found = text.trim() === "" ? [] : (named.data ?? []);
  const ids = found.flatMap(({ order_id }) => (order_id === null ? [] : [order_id]));
  const without = found.filter(({ order_id }) => order_id === null);

  const add = useMutation({
    mutationFn: async () => {
      stopped.current = false;
      setTotal(ids.length);
      setResults(without.map(({ item }) => ({ item, order: null, error: null })));
      for (const id of ids) {
        const [one] = await backend.ordersAdd([id], account);
        if (!one) continue;
        setResults((before) => [...before, one]);
        if (stopAsked() || (one.error && STOPPING.includes(one.error.code))) return;
      }
      setText("");
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.orders, predicate: ({ queryKey }) => queryKey[1] !== "named" }),
  });
  const done = results.length - results.filter(({ order, error }) => order === null && error === null).length;
  const read = async (file: File | undefined) => {
    if (!file) return;
    setUnreadable(false);
    try {
      setText(await file.text());
    } catch {
      setUnreadable(true);
    }
  };
  const close = () => {
    stopped.current = true;
    onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (ids.length > 0 && !add.isPending) add.mutate();
  };

  return (
    <Dialog open onClose={close} wide title={t("add_orders.title")} note={t("add_orders.note")} testId="add-orders">
      <form onSubmit={submit}>
        <label htmlFor={field} className="mb-1 block text-sm font-medium text-muted">
          {t("add_orders.field")}
        </label>
        <textarea
          id={field}
          rows={6}
          autoFocus
          spellCheck={false}
          data-testid="add-orders-field"
          aria-describedby={`${field}-hint`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full resize-y rounded-md border border-control bg-sunken px-2.75 py-2 font-mono text-sm outline-none focus:border-accent focus:ring-3 focus:ring-accent-soft"
        />
        <p id={`${field}-hint`} className="text-sm text-muted">
          {t("add_orders.hint")}
        </p>
        <AccountChoice supplier="aliexpress" value={account} onChange={setAccount} className="mt-3 w-64" />
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <input ref={chooser} type="file" accept=".csv,.txt,text/csv,text/plain" hidden aria-hidden tabIndex={-1} data-testid="add-orders-file" onChange={(event) => void read(event.target.files?.[0])} />
          <Button icon={<FileUp aria-hidden />} onClick={() => chooser.current?.click()}>
            {t("add_orders.file")}
          </Button>
          <p role="status" className="min-w-0 flex-1 text-sm text-muted" data-testid="add-orders-found">
            {found.length > 0 && [t("add_orders.found", { count: ids.length }), without.length > 0 && t("add_orders.without", { count: without.length })].filter(Boolean).join(" · ")}
            {unreadable && t("add_orders.unreadable")}
          </p>
          {add.isPending && <Button onClick={() => (stopped.current = true)}>{t("add_orders.stop")}</Button>}
          <Button type="submit" look="primary" data-testid="add-orders-submit" disabled={ids.length === 0 || settled !== text} busy={add.isPending}>
            {ids.length === 0 ? t("add_orders.add_none") : t("add_orders.add", { count: ids.length })}
          </Button>
        </div>
      </form>
      {add.isPending && total > 1 && (
        <div className="mt-3 text-sm text-muted">
          <Progress value={done / total} label={t("add_orders.title")} />
          <p className="mt-1">
            {t("add_orders.progress", { done, total })} · {t("add_orders.pace")}
          </p>
        </div>
      )}
      {add.isError && <ErrorNote className="mt-3" error={toErrorView(add.error)} />}
      <AddedOrders results={results} left={add.isPending ? 0 : total - done} />
    </Dialog>
  );
}
