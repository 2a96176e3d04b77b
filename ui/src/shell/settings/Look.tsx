
import { useSetPreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { Select } from "@/ui/Select";

import { MODIFIER } from "../shortcut";
import { ZOOMS } from "../zoom";
import { Section } from "./Section";

const THEMES: readonly Preferences["theme"][] = ["system", "light", "dark"];

export function Look({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mutate: prefer } = useSetPreferences();
  // One that a file says, or another version offered, is among them.
  const zooms = ZOOMS.includes(preferences.zoom) ? ZOOMS : [...ZOOMS, preferences.zoom].sort((a, b) => a - b);
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
        <Select
          label={t("settings.zoom")}
          testId="settings-zoom"
          value={String(preferences.zoom)}
          choices={zooms.map((zoom) => ({ value: String(zoom), text: format.percent(zoom) }))}
          onChange={(zoom) => prefer({ zoom: Number(zoom) })}
        />
        <p className="self-end pb-1.5 text-sm text-muted">{t("settings.zoom_keys", { key: MODIFIER })}</p>
      </div>
    </Section>
  );
}
