import { useMutation } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";

import { useBackend } from "@/data/backend";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { About } from "@/ipc/bindings/About";
import { Dot } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Card";
import { CopyField } from "@/ui/Copy";
import { ErrorNote } from "@/ui/Feedback";

import { Section } from "./Section";

/** Where everything of the owner's is, and whether the keychain keeps the keys. */
export function Data({ about }: { about: About }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const open = useMutation({ mutationFn: () => backend.openDataFolder() });
  const kept = about.keychain === "available";
  return (
    <Section title={t("settings.data_title")}>
      <p className="mb-1 text-sm font-medium text-muted">{t("settings.data")}</p>
      <CopyField text={about.data_dir}>
        <Button size="sm" look="quiet" icon={<FolderOpen aria-hidden />} data-testid="open-data" busy={open.isPending} onClick={() => open.mutate()}>
          {t("settings.open_folder")}
        </Button>
      </CopyField>
      {open.isError && <ErrorNote className="mt-2" error={toErrorView(open.error)} />}
      <div className="mt-3">
        <Facts
          rows={[
            [t("settings.secrets"), <span key="keys" className="flex items-baseline gap-2"><Dot tone={kept ? "good" : "warn"} />{t(kept ? "settings.secrets_kept" : "settings.secrets_session")}</span>],
            [t("settings.version"), about.version],
            [t("settings.system_name"), about.platform],
          ]}
        />
      </div>
    </Section>
  );
}
