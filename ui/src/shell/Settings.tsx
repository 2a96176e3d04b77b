
import { useAbout, usePreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Feedback";

import { AlertRules } from "./settings/AlertRules";
import { Data } from "./settings/Data";
import { Delivery } from "./settings/Delivery";
import { Help } from "./settings/Help";
import { Look } from "./settings/Look";
import { Notifications } from "./settings/Notifications";
import { Schedule } from "./settings/Schedule";

/** What the owner chooses once. Each subject is a section of its own; a new one is a line here. */
export function Settings({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const preferences = usePreferences().data;
  const about = useAbout().data;
  if (!preferences) return null;
  return (
    <Dialog open onClose={onClose} wide title={t("settings.title")} testId="settings">
      <Look preferences={preferences} />
      <Delivery preferences={preferences} />
      <Schedule />
      <AlertRules />
      <Notifications preferences={preferences} />
      {about ? <Data about={about} /> : <Skeleton className="h-24" />}
      <Help />
    </Dialog>
  );
}
