import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink, FlaskConical } from "lucide-react";
import { type SubmitEvent, useState } from "react";

import { CJ_API_PAGE } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive, useLiveSet } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useAccount, usePractice } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { showNew } from "@/lib/into-view";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";
import { Field, SecretField } from "@/ui/Field";
import { Step, Steps, Tick } from "@/ui/Stepper";

import { Connected } from "../Connected";
import { WayOut } from "../WayOut";
import { GuideFrame } from "../GuideFrame";
import { LAST_STEP } from "../show-guide";
import { CjMenu } from "../drawings/CjMenu";
import { KeyHalves } from "../drawings/KeyHalves";
import { CjAside } from "./CjAside";
import { Recognition } from "./Recognition";
import { ticks } from "./ticks";
import { useRecognised } from "./use-recognised";

/** `account` is the one to connect again; none is the first there is, `null` another one beside them. */
export function CjGuide({ account: wanted, onOther }: { account?: string | null; onOther: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const { go } = useNavigation();
  const practice = usePractice().data;
  const first = useAccount("cj");
  const account = wanted === null ? undefined : (wanted ?? first?.account);
  const title = wanted === null ? t("cj.title_another") : t("cj.title");
  const setLive = useLiveSet();
  const liveSteps = useLive((live) => live.cjSteps);
  const [pasted, setPasted] = useState("");
  const [clientId, setClientId] = useState("");
  const recognised = useRecognised(pasted, clientId);

  const connect = useMutation({
    mutationFn: () => backend.cjConnect(pasted.trim(), clientId.trim() || undefined, account),
    onMutate: () => setLive({ cjSteps: [] }),
    onSuccess: () => {
      setPasted("");
      setClientId("");
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.status }),
  });
  const ready = recognised !== null && recognised.kind !== "incomplete";
  const needsId = clientId !== "" || (recognised?.kind === "incomplete" && recognised.missing === "client_id");
  const done = connect.data;
  const showTicks = connect.isPending || connect.isError || done !== undefined;
  // What was said of another key is not said of this one.
  const edit = (key: string) => {
    if (connect.isError) connect.reset();
    setPasted(key);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (ready && !connect.isPending) connect.mutate();
  };

  return (
    <GuideFrame
      title={title}
      note={t("authentication.keychain_note")}
      action={
        practice &&
        !done && (
          <Button size="sm" data-testid="practice-fill-cj" icon={<FlaskConical aria-hidden />} onClick={() => edit(practice.cj_api_key)}>
            {t("practice.fill")}
          </Button>
        )
      }
      aside={<CjAside />}
    >
      <form onSubmit={submit}>
        <Steps label={title}>
          <Step number={1} state={pasted !== "" || done ? "done" : "now"} title={t("cj.where")}>
            <ol className="mt-1.5 list-decimal space-y-1 pl-4 marker:text-muted">
              <li>{t("core:guide.cj.where_1")}</li>
              <li>{t("core:guide.cj.where_2")}</li>
              <li>{t("core:guide.cj.where_3")}</li>
            </ol>
            {!done && <CjMenu className="mt-3" />}
            <Button size="sm" className="mt-2.5" icon={<ExternalLink aria-hidden />} onClick={() => void backend.openLink(CJ_API_PAGE)}>
              {t("cj.open_page")}
            </Button>
          </Step>
          <Step number={2} state={done ? "done" : pasted !== "" ? (ready ? "done" : "now") : "later"} title={t("cj.paste")} note={t("cj.paste_note")}>
            {!done && (
              <SecretField
                className="mt-2"
                label={needsId ? t("cj.client_secret") : t("cj.key")}
                {...{ [LAST_STEP]: "" }}
                data-testid="cj-key"
                value={pasted}
                placeholder="CJ1234567@api@…"
                onChange={(event) => edit(event.target.value)}
              />
            )}
            {needsId && (
              <Field className="mt-2" mono label={t("cj.client_id")} data-testid="cj-client-id" value={clientId} onChange={(event) => setClientId(event.target.value)} />
            )}
            {recognised && <Recognition recognised={recognised} />}
            {pasted === "" && !done && (
              <figure className="mt-3">
                <KeyHalves />
                <figcaption className="mt-1 text-sm text-muted">{t("cj.key_shape")}</figcaption>
              </figure>
            )}
          </Step>
          <Step number={3} state={done ? "done" : ready ? "now" : "later"} title={t("cj.test")} note={t("cj.test_note")} last>
            {showTicks && (
              <ul className="mt-2.5 space-y-1.5" aria-live="polite">
                {ticks(done?.steps ?? liveSteps, connect.isPending).map((tick) => (
                  <Tick key={tick.step} state={tick.state} detail={tick.step === "limits" && tick.state === "done" ? t("account.calls_a_second", { count: Number(tick.detail) }) : tick.detail}>
                    {t(`cj.steps.${tick.step}`)}
                  </Tick>
                ))}
              </ul>
            )}
            {connect.isError && (
              <ErrorNote ref={showNew} className="mt-3" error={toErrorView(connect.error)} action={<WayOut error={toErrorView(connect.error)} page={CJ_API_PAGE} pageName={t("cj.open_page")} onRetry={() => ready && connect.mutate()} />} />
            )}
            {!done && (
              <Button type="submit" look="primary" className="mt-3" data-testid="cj-connect" busy={connect.isPending} disabled={!ready}>
                {connect.isPending ? t("cj.connecting") : t("cj.connect")}
              </Button>
            )}
          </Step>
        </Steps>
      </form>
      {done && (
        <Connected title={t("cj.connected", { name: done.name })} note={t(`cj.way.${done.way}`)}>
          <Button onClick={onOther}>{t("cj.then_aliexpress")}</Button>
          <Button look="primary" onClick={() => go("products", { sync: true })}>
            {t("cj.then_sync")}
          </Button>
        </Connected>
      )}
    </GuideFrame>
  );
}
