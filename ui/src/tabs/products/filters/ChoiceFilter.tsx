import { Check } from "lucide-react";
import { useState } from "react";

import { FilterPopover } from "@/ui/Popover";

interface Props<T> {
  /** What it is about, and what stands on it while nothing is chosen. */
  label: string;
  /** All of them, the one that filters nothing first. */
  options: readonly { value: T | null; text: string }[];
  value: T | null;
  onChange: (value: T | null) => void;
  testId: string;
}

/** One of a few. */
export function ChoiceFilter<T extends string | number>({ label, options, value, onChange, testId }: Props<T>) {
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <FilterPopover open={open} onOpenChange={setOpen} on={value !== null} title={label} label={value === null ? label : (chosen?.text ?? label)} testId={testId}>
      <div role="radiogroup" aria-label={label} className="p-1.5">
        {options.map((option) => (
          <label key={option.value ?? ""} className="flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent">
            <input
              type="radio"
              name={testId}
              className="sr-only"
              data-testid={`${testId}-${option.value ?? "any"}`}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              onClick={() => setOpen(false)}
            />
            <span className="flex-1">{option.text}</span>
            {option.value === value && <Check aria-hidden className="size-3.5 text-accent-text" />}
          </label>
        ))}
      </div>
    </FilterPopover>
  );
}
