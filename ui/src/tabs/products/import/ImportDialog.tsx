import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type SubmitEvent, useState } from "react";

import { useBackend } from "@/data/backend";
import type { Wish } from "@/data/navigation";
import { keys } from "@/data/keys";
import { usePreference } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { ImportResult } from "@/ipc/bindings/ImportResult";
import { COUNTRIES } from "@/shell/places";
import { AccountChoice } from "@/tabs/shared/AccountChoice";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Empty, ErrorNote, Loading } from "@/ui/Feedback";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { Hits } from "./Hits";
import { readAsked } from "./items";
import { Results } from "./Results";

interface Props {
  onClose: () => void;
  onOpen: (product: NonNullable<Wish["product"]>) => void;
}

/** Finds products at AliExpress by words, address or id, and puts them into the catalogue. */
export function ImportDialog({ onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const format = useFormat();
  const preferred = usePreference((preferences) => preferences.ship_to);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [account, setAccount] = useState<string>();
  const [search, setSearch] = useState<{ words: string; page: number } | null>(null);
  const [results, setResults] = useState<ImportResult[]>([]);
  const shipTo = chosen ?? preferred ?? "FR";
  const asked = readAsked(text);

  const hits = useQuery({
    queryKey: ["aliexpress", "search", search, shipTo, account],
    queryFn: () => backend.aliexpressSearch(search?.words ?? "", shipTo, search?.page ?? 1, account),
    enabled: search !== null,
    staleTime: 300_000,
  });
  const fetchItems = useMutation({
    mutationFn: (items: string[]) => backend.productsImport(items, shipTo, account),
    onSuccess: (came) => {
      setResults((before) => [...came, ...before]);
      for (const queryKey of [keys.products, keys.status]) void client.invalidateQueries({ queryKey });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (asked.kind === "items") fetchItems.mutate(asked.items, { onSuccess: () => setText("") });
    if (asked.kind === "words") setSearch({ words: asked.words, page: 1 });
  };

  return (
    <Dialog open onClose={onClose} wide title={t("import.title")} note={t("import.note")} testId="import-dialog">
      <form onSubmit={submit} className="flex items-end gap-2">
        <Field className="min-w-0 flex-1" label={t("import.field")} data-testid="import-field" autoFocus value={text} placeholder={t("import.hint")} onChange={(event) => setText(event.target.value)} />
        <AccountChoice supplier="aliexpress" value={account} onChange={setAccount} className="w-40" />
        <Select
          className="w-40"
          label={t("settings.ship_to")}
          value={shipTo}
          choices={(COUNTRIES.includes(shipTo) ? COUNTRIES : [shipTo, ...COUNTRIES]).map((value) => ({ value, text: format.country(value) }))}
          onChange={setChosen}
        />
        <Button type="submit" look="primary" data-testid="import-submit" disabled={asked.kind === "nothing"} busy={fetchItems.isPending || hits.isFetching}>
          {asked.kind === "items" ? t("import.fetch", { count: asked.items.length }) : t("import.search")}
        </Button>
      </form>
      {fetchItems.isError && <ErrorNote className="mt-3" error={toErrorView(fetchItems.error)} />}
      <Results results={results} onOpen={onOpen} />
      <div className="mt-3 -mx-5 min-h-56 border-t border-line-soft">
        {search === null ? (
          <Empty icon={<Search />} title={t("import.start")}>{t("import.start_note")}</Empty>
        ) : hits.isError ? (
          <ErrorNote className="m-5" error={toErrorView(hits.error)} />
        ) : hits.data === undefined ? (
          <Loading rows={4} />
        ) : hits.data.length === 0 ? (
          <Empty icon={<Search />} title={t("import.none")}>{t("import.none_note")}</Empty>
        ) : (
          <Hits
            hits={hits.data}
            imported={new Set(results.flatMap((result) => (result.product ? [result.product.product_id] : [])))}
            pending={fetchItems.isPending ? (fetchItems.variables[0] ?? null) : null}
            onImport={(id) => fetchItems.mutate([id])}
            page={search.page}
            onPage={(page) => setSearch({ ...search, page })}
          />
        )}
      </div>
    </Dialog>
  );
}
