import { useState } from "react";

import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Confirm, Dialog, Drawer, DrawerFigure } from "@/ui/Dialog";
import { Toast } from "@/ui/Toast";

import { Part } from "./Gallery";

const LAYERS = ["dialog", "drawer", "confirm", "toast"] as const;
const TONES = ["good", "info", "warn"] as const;

export function Layers({ open: first }: { open: string | null }) {
  const [open, setOpen] = useState(first);
  const close = () => setOpen(null);
  return (
    <Part name="Dialog, drawer, toast">
      {LAYERS.map((layer) => (
        <Button key={layer} data-testid={`gallery-${layer}`} onClick={() => setOpen(layer)}>
          {layer}
        </Button>
      ))}
      <Dialog open={open === "dialog"} onClose={close} title="A dialog" note="What it is about" footer={<Button look="primary">Do it</Button>}>
        <p>What there is to decide.</p>
      </Dialog>
      <Drawer open={open === "drawer"} onClose={close} title="A drawer" footer={<Button look="primary">Do it</Button>}>
        <div className="space-y-5 p-5">
          <DrawerFigure figure="$12.40">
            <Badge tone="good">on sale</Badge>
          </DrawerFigure>
          <p>The thing a line of a list is about.</p>
        </div>
      </Drawer>
      <Confirm open={open === "confirm"} onClose={close} onConfirm={close} title="Disconnect?" confirm="Disconnect">
        <p>What stops, and what stays.</p>
      </Confirm>
      {open === "toast" &&
        TONES.map((tone) => <Toast key={tone} tone={tone} title="Sync finished" note="1,284 products seen" action={{ text: "See", run: close }} onClose={close} />)}
    </Part>
  );
}
