
import { useSetPreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { Select } from "@/ui/Select";

import { Section } from "./Section";

const THEMES: readonly Preferences["theme"][] = ["system", "light", "dark"];

export function Look({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation();
  const { mutate: prefer } = useSetPreferences();
  return (
    <Section title={t("settings.look")}>
      <div className="grid grid-cols-2 gap-4">
        <Select
          label={t("settings.language")}
          testId="settings-language"
          value={preferences.language ?? ""}
          choices={[
            { value: "", text: t("settings.system") },
            { value: "fr", text: "Français", lang: "fr" },
            { value: "en", text: "English", lang: "en" },
          ]}
          onChange={(language) => prefer({ language: language === "" ? null : language })}
        />
        <Select
          label={t("settings.theme")}
          testId="settings-theme"
          value={preferences.theme}
          choices={THEMES.map((value) => ({ value, text: t(`settings.themes.${value}`) }))}
          onChange={(theme) => prefer({ theme })}
        />
      </div>
    </Section>
  );
}
