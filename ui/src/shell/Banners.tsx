import { useMutation } from "@tanstack/react-query";
import { FlaskConical, KeyRound } from "lucide-react";

import { useBackend } from "@/data/backend";
import { useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { Banner } from "@/ui/Feedback";

/** What holds for the whole window: practice, and secrets that cannot be kept. */
export function Banners() {
  const { t } = useTranslation();
  const backend = useBackend();
  const status = useStatus().data;
  const leave = useMutation({ mutationFn: () => backend.leavePractice() });
  return (
    <>
      {status?.practice === true && (
        <Banner
          tone="info"
          icon={<FlaskConical aria-hidden />}
          action={
            <button type="button" onClick={() => leave.mutate()} disabled={leave.isPending} className="rounded-sm font-medium underline underline-offset-2 hover:no-underline">
              {t("practice.leave")}
            </button>
          }
        >
          <strong className="font-semibold">{t("practice.title")}</strong> {t("practice.note")}
        </Banner>
      )}
      {status?.keychain === "unavailable" && (
        <Banner tone="warn" icon={<KeyRound aria-hidden />}>
          <strong className="font-semibold">{t("core:errors.keychain_unavailable.what")}</strong>{" "}
          {t("core:errors.keychain_unavailable.meaning")} {t("core:errors.keychain_unavailable.next")}
        </Banner>
      )}
    </>
  );
}
