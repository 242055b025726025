import { Group as Row, Text } from "@mantine/core";
import type { Group } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { ListRow } from "../../components/ListRow.tsx";
import { RowButton } from "../../components/RowButton.tsx";
import { useDemo } from "../../state/demo.tsx";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/people.tsx";
import { RemoveGroupDialog } from "./RemoveGroupDialog.tsx";

/** One group. */
export function GroupRow({ group, open, onEdit }: { group: Group; open: boolean; onEdit: () => void }) {
  const { directory } = useDemo().demo;
  const [asked, dialog] = useDisclosure();
  const { name, members } = group;
  const buttons = (
    <Row gap="xs">
      <RowButton icon="pencil" onClick={onEdit} aria-label={words.editLabel(name)}>
        {words.edit}
      </RowButton>
      <RowButton icon="bin" onClick={dialog.open} aria-label={words.removeLabel(name)}>
        {words.remove}
      </RowButton>
    </Row>
  );
  return (
    <ListRow aside={open && buttons}>
      <Text fw={600}>{name}</Text>
      <Text size="sm" c="dimmed">
        {members.length === 0 ? words.nobody : inWords(members.map((it) => directory.principalName(it)))}
      </Text>
      <RemoveGroupDialog group={group} opened={asked} onClose={dialog.close} />
    </ListRow>
  );
}
