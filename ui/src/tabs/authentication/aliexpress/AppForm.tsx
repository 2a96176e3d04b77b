import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { AliexpressApp } from "@/ipc/bindings/AliexpressApp";
import type { PracticeCredentials } from "@/ipc/bindings/PracticeCredentials";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/Copy";
import { ErrorNote } from "@/ui/Feedback";
import { Field, SecretField } from "@/ui/Field";
import { Step } from "@/ui/Stepper";

import { WayOut } from "../WayOut";
import { AppConsole } from "../drawings/AppConsole";
import { WayBack } from "../drawings/WayBack";
import { CONSOLE } from "./console";
import { guessDoor } from "./door";
import { type Hint, keyHint, secretHint } from "./pair";

interface Props {
  app: AliexpressApp | null;
  suggested: string;
  practice: PracticeCredentials | null;
  /** Null is another one beside those there are; what the first has is only a suggestion to it. */
  account: string | null | undefined;
  onSaved: (app: AliexpressApp) => void;
  onCancel?: () => void;
}

/** Steps 2 and 3: the pair and the callback address, checked together at AliExpress before they are kept. */
export function AppForm({ app, suggested, practice, account, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const [appKey, setAppKey] = useState(practice?.app_key ?? app?.app_key ?? "");
  const [secret, setSecret] = useState(practice?.app_secret ?? "");
  const [callback, setCallback] = useState(practice?.callback_url ?? app?.callback_url ?? suggested);
  const keeps = app?.secret_stored === true && secret.trim() === "";

  const save = useMutation({
    mutationFn: () => backend.aliexpressConfigure(appKey.trim(), keeps ? null : secret.trim(), callback.trim(), account),
    onSuccess: (saved) => {
      client.setQueryData(keys.aliexpressAppOf(account === null ? saved.account : account), saved);
      setSecret("");
      onSaved(saved);
    },
  });
  const door = guessDoor(callback);
  const pair = appKey.trim() !== "" && (secret.trim() !== "" || keeps);
  const ready = pair && door !== null;
  // The form stands beside its fields: around two steps of the list, it would tear them out of it.
  const form = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (ready && !save.isPending) save.mutate();
  };

  return (
    <>
      <Step number={2} state={pair ? "done" : "now"} title={t("ali.pair")} note={t("ali.pair_note")}>
        <figure className="mt-2.5 mb-3">
          <AppConsole />
          <figcaption className="mt-1 text-sm text-muted">{t("ali.console_shows")}</figcaption>
        </figure>
        <div className="mt-2 grid gap-2">
          <Field form={form} label={t("ali.app_key")} mono inputMode="numeric" data-testid="ali-app-key" value={appKey} hint={<LiveHint hint={keyHint(appKey)} />} onChange={(event) => setAppKey(event.target.value)} />
          <SecretField
            form={form}
            label={t("ali.app_secret")}
            data-testid="ali-app-secret"
            value={secret}
            hint={<LiveHint hint={secretHint(secret)} />}
            placeholder={app?.secret_stored === true ? t("ali.secret_kept") : ""}
            onChange={(event) => setSecret(event.target.value)}
          />
        </div>
      </Step>
      <Step number={3} state={pair ? "now" : "later"} title={t("ali.callback")} note={t("ali.callback_note")}>
        <form id={form} onSubmit={submit} />
        <Field
          form={form}
          className="mt-2"
          label={t("ali.callback_field")}
          mono
          data-testid="ali-callback"
          value={callback}
          onChange={(event) => setCallback(event.target.value)}
          trailing={<CopyButton text={callback} look="quiet" />}
          hint={door ? t(`core:guide.aliexpress.door_${door}`) : t("ali.callback_wrong")}
        />
        {door && <WayBack door={door} className="mt-3" />}
        {door === "loopback" && <p className="mt-1 text-sm text-muted">{t("ali.callback_https")}</p>}
        {save.isError && (
          <ErrorNote className="mt-3" error={toErrorView(save.error)} action={<WayOut error={toErrorView(save.error)} page={CONSOLE} pageName={t("ali.open_console")} onRetry={() => ready && save.mutate()} />} />
        )}
        <div className="mt-3 flex gap-2">
          <Button type="submit" form={form} look="primary" data-testid="ali-save" busy={save.isPending} disabled={!ready}>
            {save.isPending ? t("ali.checking") : t("ali.save")}
          </Button>
          {onCancel && <Button onClick={onCancel}>{t("common.cancel")}</Button>}
        </div>
      </Step>
    </>
  );
}

/** What can be said of a value while it is typed; the supplier says the rest. */
function LiveHint({ hint }: { hint: Hint | null }) {
  const { t } = useTranslation();
  return (
    <span role="status" data-hint={hint ?? undefined} className={hint === "key_good" ? "text-good" : "text-warn"}>
      {hint && t(`ali.live.${hint}`)}
    </span>
  );
}
