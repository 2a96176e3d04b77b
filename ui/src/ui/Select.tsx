import * as Radix from "@radix-ui/react-select";
import { Check, ChevronDown } from "lucide-react";
import { useId } from "react";


export interface Choice<T extends string> {
  value: T;
  text: string;
  /** Where the text is not in the window's language. */
  lang?: string;
}

interface Props<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  /** The label is read aloud, not seen. */
  quiet?: boolean;
  disabled?: boolean;
  className?: string;
  testId?: string;
}

/** Radix takes no empty value, and an owner without a preference has one. */
const MARK = "=";

/** One of several; letters typed while it is open jump to what begins with them. */
export function Select<T extends string>({ label, value, choices, onChange, quiet = false, disabled, className, testId }: Props<T>) {
  const id = useId();
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <div className={className}>
      <label id={id} htmlFor={`${id}-box`} className={quiet ? "sr-only" : "mb-1 block text-sm font-medium text-muted"}>
        {label}
      </label>
      <Radix.Root value={MARK + value} onValueChange={(next) => onChange(next.slice(MARK.length) as T)} disabled={disabled}>
        <Radix.Trigger
          id={`${id}-box`}
          aria-labelledby={`${id} ${id}-value`}
          data-testid={testId}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-control bg-raised pr-2 pl-2.5 text-left hover:bg-hover disabled:opacity-55"
        >
          <span id={`${id}-value`} lang={chosen?.lang} className="min-w-0 flex-1 truncate">
            <Radix.Value>{chosen?.text ?? ""}</Radix.Value>
          </span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            position="popper"
            sideOffset={4}
            collisionPadding={12}
            className="z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-rise overflow-hidden rounded-md border bg-raised shadow-float"
          >
            <Radix.Viewport className="max-h-80 p-1">
              {choices.map((choice) => (
                <Radix.Item
                  key={choice.value}
                  value={MARK + choice.value}
                  lang={choice.lang}
                  data-choice={choice.value}
                  className="flex min-h-7.5 items-center gap-2 rounded-sm py-0.5 pr-2.5 pl-2 outline-none data-highlighted:bg-hover"
                >
                  <span className="flex size-3.5 shrink-0 items-center text-accent-text">
                    <Radix.ItemIndicator>
                      <Check aria-hidden className="size-3.5" strokeWidth={2.5} />
                    </Radix.ItemIndicator>
                  </span>
                  <Radix.ItemText>{choice.text}</Radix.ItemText>
                </Radix.Item>
              ))}
            </Radix.Viewport>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </div>
  );
}
