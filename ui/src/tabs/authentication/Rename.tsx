import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTell } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/Feedback";
import { Field } from "@/ui/Field";

/** As many letters as the desktop takes. */
const LONGEST = 60;

/** The owner's own name for an account: with several, "CJ 1234567" says nothing. */
export function Rename({ open, account, onClose }: { open: boolean; account: AccountStatus; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={onClose} title={t("account.rename_title")} testId="rename">
      <Form account={account} onClose={onClose} />
    </Dialog>
  );
}

function Form({ account, onClose }: { account: AccountStatus; onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const tell = useTell();
  const form = useId();
  const [name, setName] = useState(account.name);
  const save = useMutation({
    mutationFn: () => backend.renameAccount(account.supplier, account.account, name),
    onSuccess: (renamed) => {
      void client.invalidateQueries({ queryKey: keys.status });
      tell({ kind: "renamed", name: renamed.name });
      onClose();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form id={form} onSubmit={submit}>
      <Field
        label={t("account.rename_field")}
        hint={t("account.rename_note", { supplier: SUPPLIER_SHORT[account.supplier] })}
        data-testid="rename-field"
        autoFocus
        maxLength={LONGEST}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {save.isError && <ErrorNote className="mt-3" error={toErrorView(save.error)} />}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" look="primary" data-testid="rename-save" busy={save.isPending}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
