import { Card, CardHead, Facts, PageHead } from "@/ui/Card";
import { Chart } from "@/ui/Chart";
import { Logo } from "@/ui/Logo";
import { Picture } from "@/ui/Picture";
import { Table } from "@/ui/Table";

import { Part } from "./Gallery";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const at = Array.from({ length: 20 }, (_, index) => START + index * DAY);
const wave = (scale: number) => at.map((_, index) => Math.round((Math.sin(index / 3) + 1.4) * scale));
const say = (value: number) => String(Math.abs(Math.round(value)));
const day = (moment: number) => new Date(moment).toISOString().slice(5, 10);

export function Shown() {
  return (
    <>
      <Part name="Card">
        <Card className="w-full">
          <CardHead title="A card" note="What it is about" />
          <div className="px-4.5 pb-4">
            <Facts rows={[["Name", "Blue Fox Store"], ["Access", "renews itself"]]} />
          </div>
        </Card>
        <PageHead title="The head of a tab" note="One sentence" />
      </Part>
      <Part name="Table">
        <Card className="w-full overflow-hidden">
          <Table
            label="Syncs"
            rows={[{ run: 1, what: "My products", points: "0" }, { run: 2, what: "Search", points: "5,120" }]}
            keyOf={(row) => row.run}
            columns={[{ name: "What", cell: (row) => row.what }, { name: "Points", right: true, cell: (row) => row.points }]}
          />
        </Card>
      </Part>
      <Part name="Chart">
        <div className="w-full">
          <Chart label="A line" at={at} series={[{ name: "Products", values: wave(40) }]} say={say} day={day} className="h-36" />
        </div>
        <div className="w-full">
          <Chart label="Steps" at={at} series={[{ name: "Price", values: wave(4), shape: "steps" }]} say={say} day={day} className="h-36" />
        </div>
        <div className="w-full">
          <Chart
            label="Bars"
            at={at}
            fromZero
            series={[{ name: "Dearer", values: wave(10), shape: "bars", tone: "bad" }, { name: "Cheaper", values: wave(6).map((value) => -value), shape: "bars", tone: "good" }]}
            say={say}
            day={day}
            className="h-36"
          />
        </div>
      </Part>
      <Part name="Picture">
        <Picture src={null} alt="No picture" className="size-16" />
        <Logo className="size-10" />
      </Part>
    </>
  );
}
