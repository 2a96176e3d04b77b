import { useMutation } from "@tanstack/react-query";
import { Play, Rocket } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { useLive, useLiveSet } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { EdgeFunction } from "@/ipc/bindings/EdgeFunction";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/Copy";
import { ErrorNote } from "@/ui/Feedback";
import { Select } from "@/ui/Select";

const FUNCTIONS: readonly EdgeFunction[] = ["sync-cj-products", "aliexpress-callback"];
const WORDS = { "sync-cj-products": "shop.functions.sync", "aliexpress-callback": "shop.functions.bridge" } as const;

/** Puts a function into the project and asks it to work; what the program and the function say is shown as it comes. */
export function Functions() {
  const { t } = useTranslation();
  const backend = useBackend();
  const lines = useLive((live) => live.deployLines);
  const setLive = useLiveSet();
  const [chosen, setChosen] = useState<EdgeFunction>("sync-cj-products");
  const deploy = useMutation({
    mutationFn: () => backend.supabaseDeploy(chosen),
    onMutate: () => {
      setLive({ deployLines: [] });
      invoke.reset();
    },
  });
  const invoke = useMutation({ mutationFn: () => backend.supabaseInvoke(chosen), onMutate: () => deploy.reset() });
  const failed = deploy.error ?? invoke.error;
  const choose = (next: string) => {
    setChosen(FUNCTIONS.find((one) => one === next) ?? "sync-cj-products");
    deploy.reset();
    invoke.reset();
  };

  return (
    <div className="mt-4 border-t border-line-soft pt-3">
      <div className="flex flex-wrap items-end gap-2">
        <Select className="min-w-44 flex-1" label={t("shop.functions.title")} value={chosen} choices={FUNCTIONS.map((value) => ({ value, text: value }))} onChange={choose} />
        <Button icon={<Rocket aria-hidden />} data-testid="shop-deploy" busy={deploy.isPending} onClick={() => deploy.mutate()}>{t("shop.functions.deploy")}</Button>
        <Button icon={<Play aria-hidden />} data-testid="shop-invoke" busy={invoke.isPending} disabled={chosen !== "sync-cj-products"} onClick={() => invoke.mutate()}>{t("shop.functions.invoke")}</Button>
      </div>
      <p className="mt-1.5 text-sm text-muted">{t(WORDS[chosen])}</p>
      {(deploy.isPending || deploy.data?.ran === true || deploy.isError) && lines.length > 0 && (
        <pre role="log" tabIndex={0} aria-label={t("shop.functions.output")} data-testid="shop-output" className="mt-2 max-h-40 overflow-auto rounded-sm bg-sunken p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
          {lines.join("\n")}
        </pre>
      )}
      {failed && <ErrorNote className="mt-2" error={toErrorView(failed)} />}
      {deploy.data?.ran === true && <p role="status" className="mt-2 text-sm text-good">{t("shop.functions.deployed", { name: deploy.data.function })}</p>}
      {deploy.data?.ran === false && (
        <div role="status" data-testid="shop-commands" className="mt-2 text-sm">
          <p>{t("shop.functions.by_hand")}</p>
          <pre tabIndex={0} aria-label={t("shop.functions.commands")} className="mt-1.5 overflow-auto rounded-sm bg-sunken p-2 font-mono text-xs">{deploy.data.commands.join("\n")}</pre>
          <CopyButton text={deploy.data.commands.join("\n")} className="mt-1.5" />
        </div>
      )}
      {invoke.data && (
        <div role="status" data-testid="shop-answer" className="mt-2 text-sm">
          <p className={invoke.data.status < 400 ? "text-good" : "text-bad"}>{t("shop.functions.answered", { status: invoke.data.status })}</p>
          <pre tabIndex={0} aria-label={t("shop.functions.answer")} className="mt-1.5 max-h-40 overflow-auto rounded-sm bg-sunken p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{invoke.data.body}</pre>
        </div>
      )}
    </div>
  );
}
