import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

import { useTranslation } from "@/i18n";
import { cx } from "@/lib/cx";
import { keepInList } from "@/lib/into-view";
import { holds } from "@/lib/plain";

/** Beyond this many an owner types another letter rather than reading on. */
const SHOWN = 80;

export interface Option {
  id: string;
  text: ReactNode;
  /** What is searched: the text, and other words an owner may use for it. */
  words: string;
  icon?: ReactNode;
  /** At the end of the line: a shortcut, a tick. */
  end?: ReactNode;
}

interface Props {
  label: string;
  hint: string;
  none: string;
  options: readonly Option[];
  onChoose: (id: string) => void;
  testId?: string;
}

/** A field and what it finds, by keyboard alone: the arrows move, Enter chooses, the focus stays in the field. */
export function SearchList({ label, hint, none, options, onChoose, testId }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const box = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const found = asked.trim() === "" ? options : options.filter((option) => holds(option.words, asked));
  const shown = found.slice(0, SHOWN);
  const active = Math.min(at, shown.length - 1);
  const idOf = (index: number) => `${list}-${index}`;

  useEffect(() => {
    const line = box.current?.children[active];
    if (box.current && line instanceof HTMLElement) keepInList(box.current, line);
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = shown.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    };
    const chosen = shown[active];
    if (event.key in moves) setAt(moves[event.key] ?? 0);
    else if (event.key === "Enter" && chosen) onChoose(chosen.id);
    else return;
    event.preventDefault();
  };

  return (
    <div className="flex min-h-0 flex-col">
      <div className="flex items-center gap-2.5 border-b border-line-soft px-3.5">
        <Search aria-hidden className="size-3.5 shrink-0 text-muted" />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={active >= 0 ? idOf(active) : undefined}
          aria-autocomplete="list"
          aria-label={label}
          data-testid={testId}
          placeholder={hint}
          spellCheck={false}
          autoComplete="off"
          value={asked}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setAsked(event.target.value);
            setAt(0);
          }}
          className="h-10 min-w-0 flex-1 bg-transparent outline-none"
        />
      </div>
      <ul ref={box} id={list} role="listbox" aria-label={label} className="max-h-105 min-h-0 overflow-y-auto p-1.5">
        {shown.map((option, index) => (
          <li
            key={option.id}
            id={idOf(index)}
            role="option"
            aria-selected={index === active}
            data-option={option.id}
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(option.id)}
            className={cx("flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-muted", index === active && "bg-hover")}
          >
            {option.icon}
            <span className="min-w-0 flex-1">{option.text}</span>
            {option.end}
          </li>
        ))}
      </ul>
      <p role="status" className={cx("text-sm text-muted", (shown.length === 0 || found.length > SHOWN) && "px-4 pb-2.5")}>
        {shown.length === 0 ? none : found.length > SHOWN ? t("list.many") : ""}
      </p>
    </div>
  );
}
