import { useCallback } from "react";

import { useTranslation } from "./index";

/** Seconds as an owner says them: `40 s`, `14 min`, `2 h 05`. */
export function useDuration(): (seconds: number) => string {
  const { t } = useTranslation();
  return useCallback(
    (seconds: number) => {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return t("time.seconds", { count: whole });
      if (whole < 3600) return t("time.minutes", { count: Math.round(whole / 60) });
      const hours = Math.floor(whole / 3600);
      return t("time.hours", { hours, minutes: String(Math.floor((whole % 3600) / 60)).padStart(2, "0") });
    },
    [t],
  );
}

/** A countdown: `4:12`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
