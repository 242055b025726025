import { Progress } from "@mantine/core";
import type { Report } from "../../simulator/protocol.ts";
import { clockOf, countOf } from "./figures.ts";
import classes from "./Simulator.module.css";

/** How far it is, how fast it goes, and how much was checked. */
export function Figures({ report: { scene, seeds, looks, speed } }: { report: Report }) {
  const figures = [
    { what: "simulated", figure: clockOf(scene.now), of: `of ${clockOf(scene.end)}` },
    { what: "speed", figure: `${countOf(speed)} ×`, of: "real time" },
    { what: "checks", figure: countOf(looks * scene.truths.length), of: `over ${countOf(looks)} looks` },
    { what: "seeds finished", figure: countOf(seeds), of: "since you opened this page" },
  ];
  return (
    <div>
      <dl className={classes.figures}>
        {figures.map(({ what, figure, of }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <b>{figure}</b> {of}
            </dd>
          </div>
        ))}
      </dl>
      <Progress value={(scene.now / scene.end) * 100} size="xs" mt="sm" aria-label="How far this seed has run" />
    </div>
  );
}
