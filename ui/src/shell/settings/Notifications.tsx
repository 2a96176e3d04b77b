import { useTranslation } from "react-i18next";

import { useSetPreferences } from "@/data/queries";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { Checkbox } from "@/ui/Field";

import { Section } from "./Section";

export function Notifications({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation();
  const { mutate: prefer } = useSetPreferences();
  return (
    <Section title={t("settings.notifications")}>
      <Checkbox
        label={t("settings.notify")}
        hint={t("settings.notify_note")}
        data-testid="settings-notify"
        checked={preferences.notifications}
        onChange={(event) => prefer({ notifications: event.target.checked })}
      />
    </Section>
  );
}
