import * as Popover from "@radix-ui/react-popover";
import { Check, ChevronDown } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";

import { plain } from "@/lib/plain";

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

/** How long a letter waits for the next one, in milliseconds. */
const TYPING = 700;

/** One of several; letters typed while it is open jump to what begins with them. The list has the focus, choice by choice. */
export function Select<T extends string>({ label, value, choices, onChange, quiet = false, disabled, className, testId }: Props<T>) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const chosen = choices.find((choice) => choice.value === value);

  const options = () => [...(list.current?.querySelectorAll<HTMLElement>("[role=option]") ?? [])];
  const choose = (next: T) => {
    setOpen(false);
    if (next !== value) onChange(next);
  };
  const startingWith = (letter: string, at: number, now: number) => {
    const text = now - typed.current.at < TYPING ? typed.current.text + plain(letter) : plain(letter);
    typed.current = { text, at: now };
    // The same letter again and again goes through all that begin with it.
    const first = text.slice(0, 1);
    const same = text === first.repeat(text.length);
    const wanted = same ? first : text;
    const order = choices.map((_, index) => (at + (same ? 1 : 0) + index) % choices.length);
    return order.find((index) => plain(choices[index]?.text ?? "").startsWith(wanted)) ?? at;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = options();
    const at = all.findIndex((option) => option === document.activeElement);
    const last = all.length - 1;
    const moves: Record<string, number> = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last, PageDown: Math.min(last, at + 8), PageUp: Math.max(0, at - 8) };
    const current = choices[at];
    if (event.key in moves) all[moves[event.key] ?? 0]?.focus();
    else if ((event.key === "Enter" || (event.key === " " && event.timeStamp - typed.current.at >= TYPING)) && current) choose(current.value);
    else if (event.key === "Tab") setOpen(false);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) all[startingWith(event.key, at, event.timeStamp)]?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <div className={className}>
      <label id={id} htmlFor={`${id}-box`} className={quiet ? "sr-only" : "mb-1 block text-sm font-medium text-muted"}>
        {label}
      </label>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          id={`${id}-box`}
          role="combobox"
          aria-haspopup="listbox"
          aria-labelledby={`${id} ${id}-value`}
          disabled={disabled}
          data-testid={testId}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
            event.preventDefault();
            setOpen(true);
          }}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-control bg-raised pr-2 pl-2.5 text-left hover:bg-hover disabled:opacity-55"
        >
          <span id={`${id}-value`} lang={chosen?.lang} className="min-w-0 flex-1 truncate">
            {chosen?.text ?? ""}
          </span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            ref={list}
            role="listbox"
            aria-labelledby={id}
            align="start"
            sideOffset={4}
            collisionPadding={12}
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              const all = options();
              (all.find((option) => option.ariaSelected === "true") ?? all[0])?.focus();
            }}
            onKeyDown={onKeyDown}
            className="z-60 max-h-[min(var(--radix-popover-content-available-height),var(--spacing)*82)] min-w-(--radix-popover-trigger-width) animate-rise overflow-y-auto rounded-md border bg-raised p-1 shadow-float outline-none"
          >
            {choices.map((choice) => (
              <div
                key={choice.value}
                role="option"
                tabIndex={-1}
                aria-selected={choice.value === value}
                lang={choice.lang}
                data-choice={choice.value}
                onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
                onClick={() => choose(choice.value)}
                className="flex min-h-7.5 items-center gap-2 rounded-sm py-0.5 pr-2.5 pl-2 outline-none focus:bg-hover"
              >
                <span className="flex size-3.5 shrink-0 items-center text-accent-text">{choice.value === value && <Check aria-hidden className="size-3.5" strokeWidth={2.5} />}</span>
                {choice.text}
              </div>
            ))}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
