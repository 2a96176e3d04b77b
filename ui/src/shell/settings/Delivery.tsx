
import { useSetPreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { Select } from "@/ui/Select";

import { COUNTRIES, CURRENCIES } from "../places";
import { Section } from "./Section";

export function Delivery({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mutate: prefer } = useSetPreferences();
  const none = { value: "", text: t("settings.none") };
  const countries = COUNTRIES.map((value) => ({ value, text: format.country(value) })).sort((a, b) => a.text.localeCompare(b.text));
  return (
    <Section title={t("settings.delivery")} note={t("settings.place_note")}>
      <div className="grid grid-cols-2 gap-4">
        <Select label={t("settings.ship_to")} value={preferences.ship_to ?? ""} choices={[none, ...countries]} onChange={(country) => prefer({ ship_to: country || null })} />
        <Select
          label={t("settings.currency")}
          value={preferences.currency ?? ""}
          choices={[none, ...CURRENCIES.map((value) => ({ value, text: value }))]}
          onChange={(currency) => prefer({ currency: currency || null })}
        />
      </div>
    </Section>
  );
}
