import { useQuery } from "@tanstack/react-query";
import { ExternalLink, FlaskConical } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useAccount, usePractice } from "@/data/queries";
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

export function AliexpressGuide({ onOther }: { onOther: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { go } = useNavigation();
  const practice = usePractice().data ?? null;
  const account = useAccount("aliexpress");
  const connected = useLive((live) => live.authorization?.phase === "connected");
  const app = useQuery({ queryKey: keys.aliexpressApp, queryFn: () => backend.aliexpressApp() });
  const suggested = useQuery({ queryKey: keys.suggestedCallback, queryFn: () => backend.aliexpressSuggestedCallback(), staleTime: Infinity });
  const [editing, setEditing] = useState(false);
  const [filled, setFilled] = useState(false);
  const ready = app.data?.secret_stored === true && !editing && !filled;

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
              onSaved={() => {
                setEditing(false);
                setFilled(false);
              }}
              onCancel={editing ? () => setEditing(false) : undefined}
            />
          )}
          <Authorize enabled={ready} door={app.data?.door} />
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
