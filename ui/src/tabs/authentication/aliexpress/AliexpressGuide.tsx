import { useQuery } from "@tanstack/react-query";
import { ExternalLink, FlaskConical } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useAuthorization } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useAccount, usePractice, useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { ErrorNote, Loading } from "@/ui/Feedback";
import { Step, Steps } from "@/ui/Stepper";

import { Connected } from "../Connected";
import { GuideFrame } from "../GuideFrame";
import { AliexpressAside } from "./AliexpressAside";
import { AppForm } from "./AppForm";
import { AppSummary } from "./AppSummary";
import { Authorize } from "./Authorize";
import { CONSOLE } from "./console";

/** `account` is the one to connect again; none is the first there is, `null` another one beside them. */
export function AliexpressGuide({ account: wanted, onOther }: { account?: string | null; onOther: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { go } = useNavigation();
  const practice = usePractice().data ?? null;
  const usual = useAccount("aliexpress");
  // Another account is one once its app was checked.
  const [made, setMade] = useState<string | null>(null);
  const id = made ?? wanted ?? undefined;
  const another = wanted === null && made === null;
  const known = useStatus().data?.accounts.find((one) => one.account === id);
  const account = id === undefined ? usual : known;
  const connected = useAuthorization(id)?.phase === "connected";
  const app = useQuery({ queryKey: keys.aliexpressAppOf(id), queryFn: () => backend.aliexpressApp(id) });
  const suggested = useQuery({ queryKey: keys.suggestedCallback, queryFn: () => backend.aliexpressSuggestedCallback(), staleTime: Infinity });
  const [editing, setEditing] = useState(false);
  const [filled, setFilled] = useState(false);
  const ready = app.data?.secret_stored === true && !editing && !filled && !another;

  return (
    <GuideFrame
      title={t("ali.title")}
      note={t("authentication.keychain_note")}
      action={
        practice && (
          <Button size="sm" data-testid="practice-fill-ali" icon={<FlaskConical aria-hidden />} onClick={() => setFilled(true)}>
            {t("practice.fill")}
          </Button>
        )
      }
      aside={<AliexpressAside />}
    >
      {app.isError ? (
        <ErrorNote className="m-4.5" error={toErrorView(app.error)} />
      ) : app.data === undefined || (suggested.data === undefined && !suggested.isError) ? (
        <Loading rows={4} />
      ) : (
        <Steps label={t("ali.title")}>
          <Step number={1} state={ready ? "done" : "now"} title={t("ali.create")} note={t("ali.create_note")}>
            {!ready && (
              <Button size="sm" className="mt-2" icon={<ExternalLink aria-hidden />} onClick={() => void backend.openLink(CONSOLE)}>
                {t("ali.open_console")}
              </Button>
            )}
          </Step>
          {ready && app.data ? (
            <AppSummary app={app.data} onEdit={() => setEditing(true)} />
          ) : (
            <AppForm
              key={filled ? "filled" : "own"}
              app={app.data}
              suggested={suggested.data ?? ""}
              practice={filled ? practice : null}
              account={another ? null : id}
              onSaved={(saved) => {
                if (another) setMade(saved.account);
                setEditing(false);
                setFilled(false);
              }}
              onCancel={editing ? () => setEditing(false) : undefined}
            />
          )}
          <Authorize enabled={ready} door={app.data?.door} account={id} />
        </Steps>
      )}
      {connected && (
        <Connected title={t("ali.connected", { name: account?.name ?? "" })} note={t("ali.connected_note")}>
          <Button onClick={onOther}>{t("ali.then_cj")}</Button>
          <Button look="primary" onClick={() => go("products", { import: true })}>
            {t("ali.then_import")}
          </Button>
        </Connected>
      )}
    </GuideFrame>
  );
}
