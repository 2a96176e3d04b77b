import { useState } from "react";

import { useTranslation } from "@/i18n";
import { cx } from "@/lib/cx";
import { Picture } from "@/ui/Picture";

export function Gallery({ images, title }: { images: string[]; title: string }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  return (
    <div>
      <Picture src={images[at] ?? null} alt={title} className="h-[min(30vh,calc(var(--spacing)*58))] w-full rounded-lg" fit="contain" />
      {images.length > 1 && (
        <div className="mt-2 flex gap-2 overflow-x-auto p-0.5">
          {images.map((image, index) => (
            <button
              key={image}
              type="button"
              aria-label={t("product.picture", { number: index + 1, total: images.length })}
              aria-pressed={index === at}
              onClick={() => setAt(index)}
              className={cx("rounded-md", index === at ? "ring-2 ring-accent" : "opacity-80 hover:opacity-100")}
            >
              <Picture src={image} className="size-12" />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
