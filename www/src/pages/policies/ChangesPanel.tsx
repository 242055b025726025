import { Stack, Text } from "@mantine/core";
import { AndMore } from "../../components/AndMore.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { useDemo } from "../../state/demo.tsx";
import type { Trial } from "../../state/trial.ts";
import { findingWords } from "../../words/findings.ts";
import { changeWords } from "./changes.ts";
import type { Foresight } from "./foresee.ts";

const MOST = 20;

interface Props {
  trial: Trial;
  foresight: Foresight | undefined;
  /** Whether fields say what is wrong. */
  faulty: boolean;
}

/** What saving would bring about, tried by the engine when the writing rests. */
export function ChangesPanel({ trial: { simulation, refusal }, foresight, faulty }: Props) {
  const { directory } = useDemo().demo;
  return (
    <Panel title="What this changes" hint="Tried by the engine on a copy, as you type.">
      <Stack gap="sm" aria-live="polite">
        {faulty && <Text size="sm">It cannot be saved yet: a field is missing or wrong.</Text>}
        {!faulty && refusal && <RefusalAlert error={refusal} title="The engine would refuse it" />}
        {!faulty && simulation && (
          <>
            <Changes lines={changeWords(simulation, foresight)} />
            {foresight && foresight.raised.length > 0 && (
              <div>
                <Text size="sm" fw={600}>
                  What would be wrong then
                </Text>
                <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
                  {foresight.raised.slice(0, MOST).map((finding) => (
                    <li key={JSON.stringify(finding)}>
                      <Text size="sm" component="div">
                        {finding.policy && <b>{`${finding.policy.name}: `}</b>}
                        <Sentence clause={findingWords(finding, (id) => directory.principalName({ group: id }))} />
                      </Text>
                    </li>
                  ))}
                  <More left={foresight.raised.length - MOST} />
                </ul>
              </div>
            )}
          </>
        )}
      </Stack>
    </Panel>
  );
}

function Changes({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return <Text size="sm">Nothing changes for anybody who has access or has asked for it.</Text>;
  return (
    <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
      {lines.slice(0, MOST).map((line) => (
        <li key={line}>
          <Text size="sm">{line}</Text>
        </li>
      ))}
      <More left={lines.length - MOST} />
    </ul>
  );
}

function More({ left }: { left: number }) {
  if (left <= 0) return null;
  return (
    <li>
      <AndMore left={left} />
    </li>
  );
}
