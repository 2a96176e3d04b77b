import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Database, Unplug, Wifi } from "lucide-react";
import { type SubmitEvent, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { PostgresCheck } from "@/ipc/bindings/PostgresCheck";
import type { ShopTargets } from "@/ipc/bindings/ShopTargets";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card, Facts } from "@/ui/Card";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/Feedback";
import { SecretField } from "@/ui/Field";

import { Script } from "./Script";

/** The shop's database: its address given once, tested, and let go. */
export function PostgresCard({ targets }: { targets: ShopTargets }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const { go } = useNavigation();
  const [text, setText] = useState("");
  const [changing, setChanging] = useState(false);
  const [asking, setAsking] = useState(false);
  const again = { onSuccess: () => void client.invalidateQueries({ queryKey: keys.shop }) };
  const connect = useMutation({ mutationFn: (connection: string | null) => backend.postgresConnect(connection) });
  const forget = useMutation({ mutationFn: () => backend.postgresForget(), ...again });
  const known = targets.postgres !== null;
  const failed = connect.error ?? forget.error;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    connect.mutate(text, {
      onSuccess: () => {
        setText("");
        setChanging(false);
        again.onSuccess();
      },
    });
  };

  return (
    <Card aria-label={t("shop.postgres.title")} data-testid="shop-postgres" className="px-4.5 py-3.5">
      <div className="mb-2.5 flex items-center gap-2">
        <h3 className="flex-1 font-semibold">{t("shop.postgres.title")}</h3>
        <Badge tone={known ? "good" : "neutral"} dot>{t(known ? "shop.connected" : "shop.not_connected")}</Badge>
      </div>
      {known && (
        <Facts
          rows={[
            [t("shop.postgres.address"), <span key="a" className="font-mono text-sm">{targets.postgres}</span>],
            [t("shop.postgres.line"), t(targets.encrypted ? "shop.postgres.encrypted" : "shop.postgres.plain")],
          ]}
        />
      )}
      {(!known || changing) && (
        <form onSubmit={submit} className={known ? "mt-3" : undefined}>
          {!known && <p className="mb-3 text-muted">{t("shop.postgres.why")}</p>}
          <SecretField
            label={t("shop.postgres.string")}
            hint={t("shop.postgres.hint")}
            placeholder="postgresql://…"
            data-testid="shop-postgres-string"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <div className="mt-3 flex gap-2">
            <Button type="submit" look="primary" icon={<Database aria-hidden />} data-testid="shop-postgres-connect" busy={connect.isPending} disabled={text.trim() === ""}>
              {t("shop.connect")}
            </Button>
            {known && <Button onClick={() => setChanging(false)}>{t("common.cancel")}</Button>}
          </div>
        </form>
      )}
      {failed && <ErrorNote className="mt-3" error={toErrorView(failed)} />}
      {connect.data && !failed && <Found check={connect.data} />}
      {known && !changing && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" look="primary" data-testid="shop-publish" onClick={() => go("products", { publish: true })}>{t("publish.open")}</Button>
          <Button size="sm" icon={<Wifi aria-hidden />} data-testid="shop-postgres-test" busy={connect.isPending} onClick={() => connect.mutate(null)}>{t("shop.test")}</Button>
          <Button size="sm" onClick={() => setChanging(true)}>{t("shop.change")}</Button>
          <Button size="sm" look="quiet" icon={<Unplug aria-hidden />} onClick={() => setAsking(true)}>{t("shop.forget")}</Button>
        </div>
      )}
      <Script title={t("shop.postgres.role")} note={t("shop.postgres.role_note")} text={targets.role_script} />
      <Script title={t("shop.postgres.security")} note={t("shop.postgres.security_note")} text={targets.security_example} />
      <Confirm open={asking} onClose={() => setAsking(false)} onConfirm={() => forget.mutate()} title={t("shop.postgres.forget_title")} confirm={t("shop.forget")}>
        <p>{t("shop.postgres.forget_note")}</p>
      </Confirm>
    </Card>
  );
}

/** What the test found, in a sentence. */
function Found({ check }: { check: PostgresCheck }) {
  const { t } = useTranslation();
  return (
    <div role="status" data-testid="shop-postgres-found" className="mt-3 text-sm">
      <p className={check.may_publish ? "text-good" : "text-warn"}>
        {check.server} · {t(!check.may_publish ? "shop.postgres.may_not" : check.schema === null ? "shop.postgres.ready" : "shop.postgres.filled")}
      </p>
      {check.kept === false && <p className="mt-0.5 text-warn">{t("shop.session_only")}</p>}
    </div>
  );
}
