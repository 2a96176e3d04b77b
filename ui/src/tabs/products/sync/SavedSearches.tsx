import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "@/i18n";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";
import { Field } from "@/ui/Field";
import { NamedList } from "@/ui/NamedList";
import { FilterPopover } from "@/ui/Popover";

import { type SearchForm, searchText } from "./scope";

/** Searches of CJ's catalogue under a name of the owner's: taken, kept, forgotten. */
export function SavedSearches({ value, onTake }: { value: SearchForm; onTake: (search: SearchForm) => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const saved = useQuery({ queryKey: keys.savedSearches, queryFn: () => backend.savedSearches() });
  const after = { onSettled: () => client.invalidateQueries({ queryKey: keys.savedSearches }) };
  const keep = useMutation({ mutationFn: () => backend.savedSearchKeep(name, value), onSuccess: () => setName(""), ...after });
  const forget = useMutation({ mutationFn: (id: number) => backend.savedSearchRemove(id), ...after });
  const scope = searchText(value);
  const current = scope === null ? undefined : saved.data?.find((one) => one.scope === scope);
  const trouble = [saved, keep, forget].find(({ isError }) => isError);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && scope !== null) keep.mutate();
  };
  return (
    <FilterPopover open={open} onOpenChange={setOpen} on={current !== undefined} title={t("sync.saved.label")} label={current?.name ?? t("sync.saved.label")} testId="saved-searches">
      {trouble && <ErrorNote className="m-2" error={toErrorView(trouble.error)} />}
      <NamedList
        items={saved.data ?? []}
        testId="saved-search"
        onTake={({ search }) => {
          onTake({ ...search, words: search.words ?? "" });
          setOpen(false);
        }}
        forget={({ name: called }) => t("sync.saved.forget", { name: called })}
        onForget={({ id }) => forget.mutate(id)}
      />
      <form onSubmit={submit} className="p-3.5">
        <Field label={t("sync.saved.name")} hint={t(scope === null ? "sync.saved.first" : "sync.saved.note")} data-testid="saved-search-name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" size="sm" className="mt-2.5" data-testid="saved-search-keep" busy={keep.isPending} disabled={name.trim() === "" || scope === null}>
          {t("sync.saved.keep")}
        </Button>
      </form>
    </FilterPopover>
  );
}
