import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import type { LiveAuthorization } from "@/data/live";
import { useLive } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { clock } from "@/i18n/use-duration";
import { toErrorView } from "@/ipc/error";
import type { AliexpressApp } from "@/ipc/bindings/AliexpressApp";
import type { Attempt } from "@/ipc/bindings/Attempt";
import { cx } from "@/lib/cx";
import { useSeconds } from "@/lib/use-now";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/Copy";
import { ErrorNote } from "@/ui/Feedback";
import { Field } from "@/ui/Field";
import { Tick, type TickState } from "@/ui/Stepper";

import { SignInWindow } from "./SignInWindow";

const ORDER = ["waiting", "received", "verified", "exchanging", "connected"] as const;

/** An attempt that waits or is being finished: the code as it comes, the ticks, the clock, and the ways out. */
export function Waiting({ attempt, live, onCancel }: { attempt: Attempt | null; live: LiveAuthorization | null; onCancel: () => void }) {
  const { t } = useTranslation();
  const reached = ORDER.indexOf((live?.phase ?? "waiting") as (typeof ORDER)[number]);
  const tick = (at: number): TickState => (reached >= at ? "done" : reached === at - 1 ? "now" : "waiting");
  const code = live?.code ?? null;
  const connected = live?.phase === "connected";
  return (
    <>
      <div
        className={cx(
          "mt-2.5 flex min-h-9 items-center gap-2 rounded-md border bg-sunken px-2.75",
          code === null ? "border-dashed border-control" : "animate-arrive border-accent",
        )}
      >
        <output data-testid="ali-code" aria-label={t("ali.code")} className="min-w-0 flex-1 truncate font-mono text-sm">
          {code ?? ""}
        </output>
        {code === null ? <span className="flex-1 text-right text-sm text-muted">{t("ali.code_comes")}</span> : <Badge tone="info">{t("ali.code_arrived")}</Badge>}
      </div>
      <ul className="mt-2.5 space-y-1.5" aria-live="polite">
        <Tick state={tick(1)}>{t("ali.phase.received")}</Tick>
        <Tick state={tick(2)}>{t("ali.phase.verified")}</Tick>
        <Tick state={reached >= 4 ? "done" : reached >= 2 ? "now" : "waiting"}>{t("ali.phase.exchanging")}</Tick>
        <Tick state={connected ? "done" : "waiting"}>{t("ali.phase.connected")}</Tick>
      </ul>
      {live?.ignored && !connected && <ErrorNote className="mt-3" error={live.ignored} />}
      {attempt && !connected && <Exits attempt={attempt} onCancel={onCancel} />}
    </>
  );
}

function Exits({ attempt, onCancel }: { attempt: Attempt; onCancel: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const now = useSeconds();
  const left = (new Date(attempt.expires_at).getTime() - now) / 1000;
  const over = left <= 0;
  const brought = usePastedDoor(attempt) !== null;
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: keys.attempt });
  }, [over, client]);
  return (
    <>
      {brought && <Paste attempt={attempt} />}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button data-testid="ali-cancel" onClick={onCancel}>{t("common.cancel")}</Button>
        <CopyButton text={attempt.authorize_url} size="md" label={t("ali.copy_link")} />
        <span role="timer" className="ml-auto text-sm text-muted">
          {t("ali.time_left", { clock: clock(left) })}
        </span>
      </div>
      {!brought && <Paste attempt={attempt} />}
      {attempt.door === "bridge" && <SignInWindow waiting account={attempt.account} />}
    </>
  );
}

/** Why the owner may have to bring the answer, where no listener of ours is sure to catch it; null where one is. */
function usePastedDoor(attempt: Attempt) {
  const pasteOnly = useLive((live) => live.pasteOnly);
  if (attempt.door === "loopback") return pasteOnly ? "paste_only" : null;
  return attempt.door;
}

function Paste({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const door = usePastedDoor(attempt);
  const backend = useBackend();
  const client = useQueryClient();
  // The guide asked for the app already, maybe as the usual account's: its address is shown from the first moment.
  const asked = () => client.getQueriesData<AliexpressApp | null>({ queryKey: keys.aliexpressApp }).find(([, app]) => app?.account === attempt.account)?.[1];
  const app = useQuery({ queryKey: keys.aliexpressAppOf(attempt.account), queryFn: () => backend.aliexpressApp(attempt.account), placeholderData: asked });
  const callback = app.data?.callback_url;
  const placeholder = `${callback ?? "https://"}?code=…`;
  const [address, setAddress] = useState("");
  const finish = useMutation({
    mutationFn: () => backend.aliexpressFinish(address.trim()),
    onSuccess: () => setAddress(""),
    onSettled: () => client.invalidateQueries({ queryKey: keys.status }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (address.trim() !== "") finish.mutate();
  };
  return (
    <form onSubmit={submit} className={cx("mt-4", door === null && "border-t border-line-soft pt-3")}>
      {door !== null && <p className="mb-2" data-door={door}>{t(`ali.paste_why.${door}`)}</p>}
      <Field
        label={door === null ? t("ali.paste") : t("ali.paste_here")}
        autoFocus={door === "bridge" || door === "paste_only"}
        mono
        data-testid="ali-paste"
        value={address}
        placeholder={placeholder}
        hint={t("ali.paste_note")}
        onChange={(event) => setAddress(event.target.value)}
        trailing={
          <Button type="submit" size="sm" data-testid="ali-paste-submit" busy={finish.isPending} disabled={address.trim() === ""}>
            {t("ali.paste_button")}
          </Button>
        }
      />
      {finish.isError && <ErrorNote className="mt-3" error={toErrorView(finish.error)} />}
    </form>
  );
}
