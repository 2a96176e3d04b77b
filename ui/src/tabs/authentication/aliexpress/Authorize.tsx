import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ClipboardPaste, ExternalLink } from "lucide-react";
import { useEffect, useRef } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useAuthorization, useLiveSet } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { Door } from "@/ipc/bindings/Door";
import type { ErrorView } from "@/ipc/bindings/ErrorView";
import { showNew } from "@/lib/into-view";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";
import { Step } from "@/ui/Stepper";

import { LAST_STEP } from "../show-guide";
import { SignInWindow } from "./SignInWindow";
import { Waiting } from "./Waiting";

const PORT_TROUBLE: readonly ErrorView["code"][] = ["port_taken", "port_reserved"];

/** Step 4: the browser opens, the owner consents, the code fills itself in. */
export function Authorize({ enabled, door, account }: { enabled: boolean; door: Door | undefined; account: string | undefined }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const live = useAuthorization(account);
  const setLive = useLiveSet();
  const pending = useQuery({ queryKey: keys.attempt, queryFn: () => backend.aliexpressPending(), enabled, staleTime: 0 }).data ?? null;
  // Another account's attempt ends when one begins here.
  const attempt = account === undefined || pending?.account === account ? pending : null;

  const begin = useMutation({
    // Without listening nothing catches the answer: the owner brings it.
    mutationFn: (listen: boolean) => backend.aliexpressBegin(true, listen, account),
    onMutate: (listen) => setLive({ authorization: null, pasteOnly: !listen, signIn: null }),
    onSuccess: (started) => client.setQueryData(keys.attempt, started),
  });
  const cancel = useMutation({
    mutationFn: () => backend.aliexpressCancel(),
    onSuccess: () => {
      client.setQueryData(keys.attempt, null);
      setLive({ authorization: null });
    },
  });

  const phase = live?.phase;
  const connected = phase === "connected";
  const busy = phase === "received" || phase === "verified" || phase === "exchanging";
  const waiting = (attempt !== null && phase !== "failed") || busy || connected;
  const error: ErrorView | null = begin.isError ? toErrorView(begin.error) : phase === "failed" ? (live?.error ?? null) : null;

  // The note is taller than the button it takes the place of.
  const shown = useRef<HTMLDivElement>(null);
  const code = waiting ? undefined : error?.code;
  useEffect(() => {
    if (code !== undefined) showNew(shown.current);
  }, [code]);
  const again = (
    <Button
      look={error && PORT_TROUBLE.includes(error.code) ? "secondary" : "primary"}
      {...{ [LAST_STEP]: "" }}
      data-testid="ali-authorize"
      icon={<ExternalLink aria-hidden />}
      disabled={!enabled}
      busy={begin.isPending && begin.variables}
      onClick={() => begin.mutate(true)}
    >
      {error === null ? t("ali.authorize_button") : PORT_TROUBLE.includes(error.code) ? t("common.retry") : t("ali.authorize_again")}
    </Button>
  );
  const pasting = error && PORT_TROUBLE.includes(error.code) && (
    <Button look="primary" data-testid="ali-begin-paste" icon={<ClipboardPaste aria-hidden />} busy={begin.isPending && !begin.variables} onClick={() => begin.mutate(false)}>
      {t("ali.paste_instead")}
    </Button>
  );

  return (
    <Step
      number={4}
      state={connected ? "done" : enabled ? "now" : "later"}
      title={t("ali.authorize")}
      note={waiting && !connected ? t("ali.authorize_waiting") : error ? undefined : t("ali.authorize_note")}
      last
      moment={waiting ? "waiting" : "idle"}
    >
      {waiting && <Waiting attempt={attempt} live={live} onCancel={() => cancel.mutate()} />}
      {!waiting && error && <ErrorNote ref={shown} className="mt-3" error={error} action={<>{pasting}{again}</>} />}
      {!waiting && !error && <div className="mt-3">{again}</div>}
      {!waiting && enabled && door === "bridge" && <SignInWindow account={account} />}
    </Step>
  );
}
