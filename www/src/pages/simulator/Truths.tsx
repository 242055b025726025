import { Text } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import { Panel } from "../../components/Panel.tsx";
import type { Scene } from "../../simulator/protocol.ts";
import * as words from "../../words/pages/simulator.tsx";
import { TRUTH } from "../../words/simulator.ts";
import classes from "./Simulator.module.css";

/** What is held to be so, whatever happens. */
export function Truths({ scene: { truths } }: { scene: Scene }) {
  const failed = truths.filter(({ problem }) => problem !== undefined).length;
  return (
    <Panel
      title={failed === 0 ? words.allHold(truths.length) : words.someDoNotHold(failed, truths.length)}
      hint={words.truthsHint}
      tone={failed === 0 ? "pine" : "ember"}
    >
      <ul className={classes.truths}>
        {truths.map(({ name, problem }) => (
          <li key={name} data-holds={problem === undefined}>
            <Icon name={problem === undefined ? "check" : "cross"} size={16} />
            <div>
              {TRUTH[name] ?? name}
              {problem !== undefined && (
                <Text size="sm" c="var(--mantine-color-error)">
                  {problem}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
