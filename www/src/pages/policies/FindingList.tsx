import { Group, Text } from "@mantine/core";
import type { Finding } from "access-engine";
import { useRef, useState } from "react";
import { Callout } from "../../components/Callout.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { findingWords } from "../../words/findings.ts";
import * as words from "../../words/pages/policies.tsx";
import { requestWords } from "../../words/request.ts";
import { FixButton } from "./FixButton.tsx";
import classes from "./FindingList.module.css";

const FIRST = 50;

/** Everything that is wrong before anybody runs into it, each with the way to where it is put right. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { directory } = useDemo().demo;
  const [most, setMost] = useState(FIRST);
  const list = useRef<HTMLUListElement>(null);
  if (findings.length === 0) return <Callout tone="yes" icon="check" title={words.nothingIsWrong} />;
  return (
    <Panel title={words.findings} hint={words.findingsHint}>
      <List label={words.findings} ref={list}>
        {findings.slice(0, most).map((finding) => {
          const what = findingWords(finding, (id) => directory.principalName({ group: id }));
          return (
            <li key={JSON.stringify(finding)} className={classes.finding}>
              <Group justify="space-between" gap="sm">
                <div style={{ minWidth: 0, flex: "1 1 16rem" }}>
                  <About finding={finding} />
                  <Text size="sm" component="div">
                    <Sentence clause={what} />
                  </Text>
                </div>
                <FixButton finding={finding} what={what} />
              </Group>
            </li>
          );
        })}
      </List>
      <MoreButton shown={Math.min(most, findings.length)} total={findings.length} noun="finding" onMore={() => setMost(most + FIRST)} list={list} />
    </Panel>
  );
}

/** The policy or the request that it is about. */
function About({ finding: { policy, requestId } }: { finding: Finding }) {
  const request = useAnswer(["request", requestId], (engine, actor, now) => (requestId === undefined ? undefined : engine.requests(actor, { id: requestId }, now).items[0])).value;
  const name = policy?.name ?? (request && requestWords(request));
  return name !== undefined && <Text fw={600}>{name}</Text>;
}
