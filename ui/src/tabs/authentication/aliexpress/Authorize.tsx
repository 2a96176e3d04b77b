import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive, useLiveSet } from "@/data/live-context";
import { toErrorView } from "@/ipc/error";
import type { ErrorView } from "@/ipc/bindings/ErrorView";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";
import { Step } from "@/ui/Stepper";

import { Waiting } from "./Waiting";

/** Step 4: the browser opens, the owner consents, the code fills itself in. */
export function Authorize({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const live = useLive((state) => state.authorization);
  const setLive = useLiveSet();
  const attempt = useQuery({ queryKey: keys.attempt, queryFn: () => backend.aliexpressPending(), enabled, staleTime: 0 }).data ?? null;

  const begin = useMutation({
    mutationFn: () => backend.aliexpressBegin(true),
    onMutate: () => setLive({ authorization: null }),
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

  return (
    <Step
      number={4}
      state={connected ? "done" : enabled ? "now" : "later"}
      title={t("ali.authorize")}
      note={waiting && !connected ? t("ali.authorize_waiting") : t("ali.authorize_note")}
      last
    >
      {waiting && <Waiting attempt={attempt} live={live} onCancel={() => cancel.mutate()} />}
      {error && <ErrorNote className="mt-3" error={error} />}
      {!waiting && (
        <Button
          className="mt-3"
          look="primary"
          data-testid="ali-authorize"
          icon={<ExternalLink aria-hidden />}
          disabled={!enabled}
          busy={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {error ? t("ali.authorize_again") : t("ali.authorize_button")}
        </Button>
      )}
    </Step>
  );
}
