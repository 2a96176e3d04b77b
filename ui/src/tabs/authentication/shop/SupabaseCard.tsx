import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Unplug, Wifi } from "lucide-react";
import { type SubmitEvent, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { SupabaseCheck } from "@/ipc/bindings/SupabaseCheck";
import type { SupabaseProject } from "@/ipc/bindings/SupabaseProject";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card, Facts } from "@/ui/Card";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/Feedback";
import { Field, SecretField } from "@/ui/Field";

import { Functions } from "./Functions";
import { SecretsDialog } from "./SecretsDialog";

/** The shop's Supabase project: connected by its address and a token, given secrets, its functions deployed and asked to work. */
export function SupabaseCard({ project }: { project: SupabaseProject | null }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const [address, setAddress] = useState("");
  const [token, setToken] = useState("");
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const again = () => void client.invalidateQueries({ queryKey: keys.shop });
  const connect = useMutation({
    mutationFn: (given: { project: string; token: string } | null) => backend.supabaseConnect(given?.project ?? null, given?.token ?? null),
  });
  const forget = useMutation({ mutationFn: () => backend.supabaseForget(), onSuccess: again });
  const failed = connect.error ?? forget.error;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    connect.mutate({ project: address, token }, { onSuccess: () => { setToken(""); again(); } });
  };

  return (
    <Card aria-label="Supabase" data-testid="shop-supabase" className="px-4.5 py-3.5">
      <div className="mb-2.5 flex items-center gap-2">
        <h3 className="flex-1 font-semibold">Supabase</h3>
        <Badge tone={project ? "good" : "neutral"} dot>{t(project ? "shop.connected" : "shop.not_connected")}</Badge>
      </div>
      {project ? (
        <>
          <Facts rows={[[t("shop.supabase.project"), project.name], [t("shop.supabase.reference"), <span key="r" className="font-mono text-sm">{project.reference}</span>], [t("shop.supabase.region"), project.region]]} />
          {connect.data && <Found check={connect.data} />}
          <div className="mt-3 flex flex-wrap gap-2">
            <Button size="sm" look="primary" icon={<KeyRound aria-hidden />} data-testid="shop-secrets" onClick={() => setSending(true)}>{t("shop.supabase.secrets")}</Button>
            <Button size="sm" icon={<Wifi aria-hidden />} data-testid="shop-supabase-test" busy={connect.isPending} onClick={() => connect.mutate(null)}>{t("shop.test")}</Button>
            <Button size="sm" look="quiet" icon={<Unplug aria-hidden />} onClick={() => setAsking(true)}>{t("shop.forget")}</Button>
          </div>
          <Functions />
        </>
      ) : (
        <form onSubmit={submit} className="space-y-3">
          <p className="text-muted">{t("shop.supabase.why")}</p>
          <Field label={t("shop.supabase.address")} placeholder="https://….supabase.co" data-testid="shop-supabase-project" value={address} onChange={(event) => setAddress(event.target.value)} />
          <SecretField label={t("shop.supabase.token")} hint={t("shop.supabase.token_hint")} placeholder="sbp_…" data-testid="shop-supabase-token" value={token} onChange={(event) => setToken(event.target.value)} />
          <Button type="submit" look="primary" data-testid="shop-supabase-connect" busy={connect.isPending} disabled={address.trim() === "" || token.trim() === ""}>
            {t("shop.connect")}
          </Button>
        </form>
      )}
      {failed && <ErrorNote className="mt-3" error={toErrorView(failed)} />}
      {sending && <SecretsDialog onClose={() => setSending(false)} />}
      <Confirm open={asking} onClose={() => setAsking(false)} onConfirm={() => forget.mutate()} title={t("shop.supabase.forget_title")} confirm={t("shop.forget")}>
        <p>{t("shop.supabase.forget_note")}</p>
      </Confirm>
    </Card>
  );
}

/** What the project holds: secrets by name, functions. */
function Found({ check }: { check: SupabaseCheck }) {
  const { t } = useTranslation();
  const functions = check.functions.map(({ slug, version }) => `${slug} v${version}`);
  return (
    <div role="status" data-testid="shop-supabase-found" className="mt-3 text-sm">
      <p className={check.status === "ACTIVE_HEALTHY" ? "text-good" : "text-warn"}>{check.status === "ACTIVE_HEALTHY" ? t("shop.supabase.healthy") : t("shop.supabase.unhealthy", { status: check.status })}</p>
      <p className="mt-0.5 text-muted">{t("shop.supabase.holds", { secrets: check.secrets.join(", ") || "–", functions: functions.join(", ") || "–" })}</p>
      {check.kept === false && <p className="mt-0.5 text-warn">{t("shop.session_only")}</p>}
    </div>
  );
}
