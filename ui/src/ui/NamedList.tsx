import { Trash2 } from "lucide-react";

import { IconButton } from "./Button";

interface Props<Item> {
  items: readonly Item[];
  onTake: (item: Item) => void;
  onForget: (item: Item) => void;
  /** What forgetting this one is called. */
  forget: (item: Item) => string;
  testId: string;
}

/** What an owner keeps under names, to be taken or forgotten; names are unlike each other. */
export function NamedList<Item extends { name: string }>({ items, onTake, onForget, forget, testId }: Props<Item>) {
  if (items.length === 0) return null;
  return (
    <ul className="border-b border-line-soft p-1.5">
      {items.map((item) => (
        <li key={item.name} className="flex items-center rounded-sm hover:bg-hover">
          <button type="button" data-testid={testId} className="min-h-8 min-w-0 flex-1 truncate px-2.5 text-left" onClick={() => onTake(item)}>
            {item.name}
          </button>
          <IconButton label={forget(item)} onClick={() => onForget(item)}>
            <Trash2 aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
