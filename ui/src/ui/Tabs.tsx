import * as Radix from "@radix-ui/react-tabs";
import type { ReactNode } from "react";

interface Props<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly { value: T; text: string }[];
  children: ReactNode;
}

/** Several views of one thing in the same place. The tabs of the window are the rail's. */
export function Tabs<T extends string>({ label, value, onChange, tabs, children }: Props<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Radix.List aria-label={label} className="flex flex-wrap gap-0.5 px-3 pt-2.5">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            data-testid={`view-${tab.value}`}
            className="h-7 rounded-md px-2 font-medium text-muted transition-colors duration-100 hover:text-text data-[state=active]:bg-neutral-soft data-[state=active]:text-text"
          >
            {tab.text}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={value} tabIndex={-1} className="outline-none">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
