import { Group, Text } from "@mantine/core";
import type { Finding } from "access-engine";
import { Callout } from "../../components/Callout.tsx";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useRequest } from "../../state/request.ts";
import { findingWords } from "../../words/findings.ts";
import * as words from "../../words/pages/policies.tsx";
import { requestWords } from "../../words/request.ts";
import { FixButton } from "./FixButton.tsx";
import classes from "./FindingList.module.css";

/** Everything that is wrong before anybody runs into it, each with the way to where it is put right. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <Callout tone="yes" icon="check" title={words.nothingIsWrong} />;
  return (
    <Panel title={words.findings} hint={words.findingsHint}>
      <List label={words.findings}>
        {findings.map((finding) => (
          <FindingRow key={JSON.stringify(finding)} finding={finding} />
        ))}
      </List>
    </Panel>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { directory } = useDemo().demo;
  const what = findingWords(finding, (id) => directory.principalName({ group: id }));
  return (
    <li className={classes.finding}>
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
}

/** The policy or the request that it is about. */
function About({ finding: { policy, requestId } }: { finding: Finding }) {
  const request = useRequest(requestId);
  const name = policy?.name ?? (request && requestWords(request));
  return name !== undefined && <Text fw={600}>{name}</Text>;
}
