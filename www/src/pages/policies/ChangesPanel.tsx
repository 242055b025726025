import { Stack, Text } from "@mantine/core";
import { AndMore } from "../../components/AndMore.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { useDemo } from "../../state/demo.tsx";
import type { Trial } from "../../state/trial.ts";
import { findingWords } from "../../words/findings.ts";
import * as words from "../../words/pages/policies.tsx";
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
    <Panel title={words.whatThisChanges} hint={words.triedOnACopy}>
      <Stack gap="sm" aria-live="polite">
        {faulty && <Text size="sm">{words.cannotBeSavedYet}</Text>}
        {!faulty && refusal && <RefusalAlert error={refusal} title={words.wouldBeRefused} />}
        {!faulty && simulation && (
          <>
            <Changes lines={changeWords(simulation, foresight)} />
            {foresight && foresight.raised.length > 0 && (
              <div>
                <Text size="sm" fw={600}>
                  {words.whatWouldBeWrongThen}
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
  if (lines.length === 0) return <Text size="sm">{words.nothingChanges}</Text>;
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
