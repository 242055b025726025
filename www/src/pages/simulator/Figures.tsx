import { Progress } from "@mantine/core";
import type { Report } from "../../simulator/protocol.ts";
import * as words from "../../words/pages/simulator.tsx";
import { clockOf, countOf } from "./figures.ts";
import classes from "./Simulator.module.css";

/** How far it is, how fast it goes, and how much was checked. */
export function Figures({ report: { scene, seeds, looks, speed } }: { report: Report }) {
  const figures = [
    { what: words.simulated, figure: clockOf(scene.now), of: words.ofEnd(clockOf(scene.end)) },
    { what: words.speed, figure: `${countOf(speed)} ×`, of: words.realTime },
    { what: words.checks, figure: countOf(looks * scene.truths.length), of: words.overLooks(countOf(looks)) },
    { what: words.seedsFinished, figure: countOf(seeds), of: words.sinceYouOpenedThisPage },
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
      <Progress value={(scene.now / scene.end) * 100} size="xs" mt="sm" aria-label={words.howFar} />
    </div>
  );
}
