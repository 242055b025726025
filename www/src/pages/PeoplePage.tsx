import { Button, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRef, useState } from "react";
import { Icon } from "../components/icons.tsx";
import { List } from "../components/List.tsx";
import { Modal } from "../components/Modal.tsx";
import { MoreButton } from "../components/MoreButton.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { Sentence } from "../components/Sentence.tsx";
import { useAdministers } from "../state/administers.ts";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/people.tsx";
import { refusalWords } from "../words/refusals.ts";
import { Administrators } from "./people/Administrators.tsx";
import { GroupList } from "./people/GroupList.tsx";
import { PersonForm } from "./people/PersonForm.tsx";
import { PersonRow } from "./people/PersonRow.tsx";

const FIRST = 50;

/** The directory as the host has synced it in. */
export function PeoplePage() {
  const { directory } = useDemo().demo;
  const people = [...directory.subjects.values()];
  const [most, setMost] = useState(FIRST);
  const list = useRef<HTMLUListElement>(null);
  const [adding, form] = useDisclosure();
  const ability = useAdministers();
  return (
    <Stack gap="lg">
      <PageHead
        title={words.people}
        lead={words.peopleHint}
      />
      <Panel
        title={words.people}
        aside={
          ability.allowed && (
            <Button size="xs" variant="default" leftSection={<Icon name="add" size={14} />} onClick={form.open}>
              {words.addSomebody}
            </Button>
          )
        }
        hint={ability.refusal && <>{words.directoryIsClosed(<Sentence clause={refusalWords(ability.refusal)} />)}</>}
      >
        <List label={words.people} ref={list}>
          {people.slice(0, most).map((subject) => (
            <PersonRow key={subject.id} subject={subject} open={ability.allowed} />
          ))}
        </List>
        <MoreButton shown={Math.min(most, people.length)} total={people.length} noun="person" nouns="people" onMore={() => setMost(most + FIRST)} list={list} />
      </Panel>
      <GroupList open={ability.allowed} />
      <Administrators open={ability.allowed} />
      <Modal opened={adding} onClose={form.close} title={words.addSomebody}>
        <PersonForm subject={undefined} onClose={form.close} />
      </Modal>
    </Stack>
  );
}
