import { Stack } from "@mantine/core";
import { useId } from "react";
import { List } from "../components/List.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { Sentence } from "../components/Sentence.tsx";
import { useAdministers } from "../state/administers.ts";
import { useDemo } from "../state/demo.tsx";
import { inWords } from "../words/lists.ts";
import { refusalWords } from "../words/refusals.ts";
import { PersonRow } from "./people/PersonRow.tsx";

/** The directory as the host has synced it in. */
export function PeoplePage() {
  const { directory } = useDemo().demo;
  const reasonId = useId();
  const ability = useAdministers();
  return (
    <Stack gap="lg">
      <PageHead
        title="People"
        lead="The directory, as this page has synced it into the engine. Whoever is disabled loses all access and every say in the same instant; being enabled again restores nothing."
      />
      <Panel
        title="People"
        hint={ability.refusal && <span id={reasonId}>Disable and Enable are closed. <Sentence clause={refusalWords(ability.refusal)} /></span>}
      >
        <List label="People">
          {[...directory.subjects.values()].map((subject) => (
            <PersonRow key={subject.id} subject={subject} open={ability.allowed} reasonId={reasonId} />
          ))}
        </List>
      </Panel>
      <Panel title="Groups">
        <dl className="facts">
          {[...directory.groups.values()].map(({ id, name, members }) => (
            <GroupFact key={id} name={name} members={members.map((it) => directory.principalName(it))} />
          ))}
        </dl>
      </Panel>
    </Stack>
  );
}

function GroupFact({ name, members }: { name: string; members: string[] }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{members.length === 0 ? "nobody" : inWords(members)}</dd>
    </>
  );
}
