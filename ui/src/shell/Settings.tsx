import { useTranslation } from "react-i18next";

import { useAbout, usePreferences, useSetPreferences } from "@/data/queries";
import { useFormat } from "@/i18n/format";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { Facts } from "@/ui/Card";
import { CopyButton } from "@/ui/Copy";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Field";

import { COUNTRIES, CURRENCIES } from "./places";

const THEMES: readonly Preferences["theme"][] = ["system", "light", "dark"];

export function Settings({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const preferences = usePreferences().data;
  const about = useAbout().data;
  const { mutate: prefer } = useSetPreferences();
  if (!preferences) return null;
  const countries = COUNTRIES.map((code) => [code, format.country(code)] as const).sort((a, b) => a[1].localeCompare(b[1]));
  return (
    <Dialog open onClose={onClose} title={t("settings.title")} testId="settings">
      <div className="grid grid-cols-2 gap-4">
        <Select
          label={t("settings.language")}
          value={preferences.language ?? ""}
          onChange={(event) => prefer({ language: (event.target.value || null) as Preferences["language"] })}
        >
          <option value="">{t("settings.system")}</option>
          <option value="fr" lang="fr">Français</option>
          <option value="en" lang="en">English</option>
        </Select>
        <Select
          label={t("settings.theme")}
          value={preferences.theme}
          onChange={(event) => prefer({ theme: event.target.value as Preferences["theme"] })}
        >
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {t(`settings.themes.${theme}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t("settings.ship_to")}
          value={preferences.ship_to ?? ""}
          onChange={(event) => prefer({ ship_to: event.target.value || null })}
        >
          <option value="">{t("settings.none")}</option>
          {countries.map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label={t("settings.currency")}
          value={preferences.currency ?? ""}
          onChange={(event) => prefer({ currency: event.target.value || null })}
        >
          <option value="">{t("settings.none")}</option>
          {CURRENCIES.map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </Select>
      </div>
      <p className="mt-2 text-sm text-muted">{t("settings.place_note")}</p>
      {about && (
        <div className="mt-5 border-t border-line-soft pt-4">
          <h3 className="mb-2">{t("settings.about")}</h3>
          <Facts
            rows={[
              [t("settings.version"), about.version],
              [
                t("settings.data"),
                <span key="data" className="flex items-start gap-2">
                  <span className="min-w-0 flex-1 font-mono text-sm wrap-anywhere select-text">{about.data_dir}</span>
                  <CopyButton text={about.data_dir} />
                </span>,
              ],
              [t("settings.secrets"), about.keychain === "available" ? t("settings.secrets_kept") : t("settings.secrets_session")],
              [t("settings.system_name"), about.platform],
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}
