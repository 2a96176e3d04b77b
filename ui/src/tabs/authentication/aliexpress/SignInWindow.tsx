import { useMutation, useQueryClient } from "@tanstack/react-query";
import { AppWindow } from "lucide-react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";

/** The last way, for an address at which nothing can be put: a window of ours that stops before the address loads. */
export function SignInWindow({ waiting = false, account }: { waiting?: boolean; account: string | undefined }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const signIn = useLive((live) => live.signIn);
  const open = useMutation({
    mutationFn: () => backend.aliexpressSignIn(account),
    onSuccess: (attempt) => client.setQueryData(keys.attempt, attempt),
  });
  const said = signIn?.open === true ? (signIn.host === null ? t("ali.sign_in.opening") : t("ali.sign_in.shows", { host: signIn.host })) : signIn && waiting ? t("ali.sign_in.closed") : null;
  return (
    <div data-testid="sign-in" data-open={signIn?.open} className="mt-4 border-t border-line-soft pt-3">
      <p className="text-muted">{t("ali.sign_in.why")}</p>
      <p role="status" className="mt-1 font-medium empty:hidden">{said}</p>
      <Button size="sm" className="mt-2" data-testid="ali-sign-in" icon={<AppWindow aria-hidden />} busy={open.isPending} onClick={() => open.mutate()}>
        {signIn?.open === true ? t("ali.sign_in.front") : t("ali.sign_in.open")}
      </Button>
      {open.isError && <ErrorNote className="mt-3" error={toErrorView(open.error)} />}
    </div>
  );
}
