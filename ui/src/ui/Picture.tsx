import { Image as ImageIcon } from "lucide-react";
import { useState } from "react";

import { cx } from "@/lib/cx";

/** A product's picture, or a quiet place for it: suppliers' pictures vanish often. */
export function Picture({ src, alt = "", fit = "cover", className }: { src: string | null; alt?: string; fit?: "cover" | "contain"; className?: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  const box = cx("shrink-0 rounded-md bg-neutral-soft", fit === "cover" ? "object-cover" : "object-contain", className);
  if (src === null || src === broken) {
    return (
      <span aria-hidden={alt === "" || undefined} role={alt === "" ? undefined : "img"} aria-label={alt || undefined} className={cx(box, "grid place-items-center text-muted")}>
        <ImageIcon aria-hidden className="size-1/3 max-w-8 opacity-60" />
      </span>
    );
  }
  return <img src={src} alt={alt} loading="lazy" decoding="async" referrerPolicy="no-referrer" className={box} onError={() => setBroken(src)} />;
}
