import { Button, Text } from "@mantine/core";
import type { Group } from "access-engine";
import { useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { List } from "../../components/List.tsx";
import { Modal } from "../../components/Modal.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/people.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { GroupRow } from "./GroupRow.tsx";

/** The groups, which those change who may change the directory. */
export function GroupList({ open }: { open: boolean }) {
  const { directory } = useDemo().demo;
  const [edited, setEdited] = useState<Group | "new">();
  const close = () => setEdited(undefined);
  return (
    <Panel
      title={words.groups}
      aside={
        open && (
          <Button size="xs" variant="default" leftSection={<Icon name="add" size={14} />} onClick={() => setEdited("new")}>
            {words.addAGroup}
          </Button>
        )
      }
    >
      <List label={words.groups}>
        {[...directory.groups.values()].map((group) => (
          <GroupRow key={group.id} group={group} open={open} onEdit={() => setEdited(group)} />
        ))}
      </List>
      {directory.groups.size === 0 && (
        <Text size="sm" c="dimmed">
          {words.thereAreNoGroups}
        </Text>
      )}
      <Modal opened={edited !== undefined} onClose={close} title={edited === "new" || edited === undefined ? words.addAGroup : words.editLabel(edited.name)}>
        <GroupForm group={edited === "new" ? undefined : edited} onClose={close} />
      </Modal>
    </Panel>
  );
}
