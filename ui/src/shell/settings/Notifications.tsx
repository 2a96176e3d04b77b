
import { useSetPreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { ErrorNote } from "@/ui/Feedback";
import { Checkbox } from "@/ui/Field";

import { Section } from "./Section";

export function Notifications({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation();
  const { mutate: prefer } = useSetPreferences();
  const { mutate: keep, error } = useSetPreferences();
  return (
    <Section title={t("settings.notifications")}>
      <Checkbox
        label={t("settings.notify")}
        hint={t("settings.notify_note")}
        data-testid="settings-notify"
        checked={preferences.notifications}
        onChange={(event) => prefer({ notifications: event.target.checked })}
      />
      <Checkbox
        label={t("settings.keep_running")}
        hint={t("settings.keep_running_note")}
        data-testid="settings-keep-running"
        checked={preferences.keep_running}
        onChange={(event) => keep({ keep_running: event.target.checked })}
      />
      {error && <ErrorNote error={toErrorView(error)} />}
    </Section>
  );
}
