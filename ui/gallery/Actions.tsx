import { Pencil, RefreshCw, Trash2, X } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { CopyButton } from "@/ui/Copy";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { NamedList } from "@/ui/NamedList";
import { FilterPopover } from "@/ui/Popover";
import { SearchList } from "@/ui/SearchList";
import { Tabs } from "@/ui/Tabs";
import { Tooltip } from "@/ui/Tooltip";

import { Part } from "./Gallery";

const LOOKS = ["primary", "secondary", "quiet", "danger"] as const;
const nothing = () => undefined;

export function Actions() {
  const [on, setOn] = useState(true);
  const [open, setOpen] = useState(false);
  const [view, setView] = useState("one");
  return (
    <>
      <Part name="Button">
        {LOOKS.map((look) => (
          <Button key={look} look={look} icon={<RefreshCw aria-hidden />}>
            {look}
          </Button>
        ))}
        <Button size="sm">small</Button>
        <Button busy>busy</Button>
        <Button disabled>disabled</Button>
        <IconButton label="Close">
          <X aria-hidden />
        </IconButton>
        <CopyButton text="copied" />
      </Part>
      <Part name="Chip">
        <Chip on={on} onToggle={() => setOn(!on)}>
          on
        </Chip>
        <Chip on={!on} onToggle={() => setOn(!on)}>
          off
        </Chip>
      </Part>
      <Part name="Popover">
        <FilterPopover open={open} onOpenChange={setOpen} label="Category" on={false} title="Choose a category" testId="gallery-popover">
          <SearchList label="Category" hint="Type a letter" none="Nothing of this name" options={["Kitchen", "Garden"].map((text) => ({ id: text, text, words: text }))} onChoose={() => setOpen(false)} />
        </FilterPopover>
      </Part>
      <Part name="Named list">
        <div className="w-72 rounded-md border bg-raised">
          <NamedList items={[{ name: "Lamps under 10 $" }, { name: "Sold out" }]} testId="gallery-named" onTake={nothing} onForget={nothing} forget={({ name }) => `Forget ${name}`} />
        </div>
      </Part>
      <Part name="Menu">
        <Menu trigger={<Button data-testid="gallery-menu">Actions</Button>}>
          <MenuItem icon={<Pencil aria-hidden />} onSelect={nothing}>
            Rename
          </MenuItem>
          <MenuItem icon={<RefreshCw aria-hidden />} disabled onSelect={nothing}>
            Not now
          </MenuItem>
          <MenuLine />
          <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={nothing}>
            Disconnect
          </MenuItem>
        </Menu>
      </Part>
      <Part name="Tooltip">
        <Tooltip text="What it does" keys="Ctrl+K">
          <Button data-testid="gallery-tooltip">Point at me</Button>
        </Tooltip>
      </Part>
      <Part name="Tabs">
        <div className="w-full rounded-lg border bg-surface">
          <Tabs label="Views" value={view} onChange={setView} tabs={[{ value: "one", text: "One" }, { value: "two", text: "Two" }]}>
            <p className="px-4.5 py-3">{view}</p>
          </Tabs>
        </div>
      </Part>
    </>
  );
}
