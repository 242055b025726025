import { Group, Text } from "@mantine/core";
import type { PermissionView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { Dialog } from "../../components/Dialog.tsx";
import { ListRow } from "../../components/ListRow.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RowButton } from "../../components/RowButton.tsx";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useManagePermissions } from "../../state/permissions.ts";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/permissions.tsx";
import { targetsWords } from "../../words/target.ts";

/** One permission: who may do what, and on what condition. */
export function PermissionRow({ permission: { id, version, name, targets, actions, terms } }: { permission: PermissionView }) {
  const { directory } = useDemo().demo;
  const manage = useManagePermissions();
  const navigate = useNavigate();
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("deletePermission");
  const remove = async () => {
    const receipt = await run({ permissionId: id, version }, { done: () => words.permissionDeleted(name) });
    if (receipt) dialog.close();
  };
  const buttons = (
    <Group gap="xs">
      <RowButton icon="pencil" onClick={() => void navigate({ to: "/permissions/$permissionId", params: { permissionId: id } })} aria-label={words.editLabel(name)}>
        {words.edit}
      </RowButton>
      <RowButton icon="bin" onClick={dialog.open} aria-label={words.deleteLabel(name)}>
        {words.deletePermission}
      </RowButton>
    </Group>
  );
  return (
    <ListRow aside={manage.allowed && buttons}>
      <Text fw={600}>{name}</Text>
      <Text size="sm">
        {terms && `${inWords(terms.holders.map((it) => directory.principalName(it)))}: `}
        {actions === "all" ? words.allActionsOn(targetsWords(targets)) : `${inWords(actions)} ${targetsWords(targets)}`}
      </Text>
      {terms?.condition && (
        <Text size="sm" c="dimmed">
          {words.onlyIf(<span className="code">{JSON.stringify(terms.condition)}</span>)}
        </Text>
      )}
      <Dialog opened={asked} onClose={dialog.close} title={words.deleteQuestion(name)} confirm={words.deleteIt} keep={words.keepThePermission} busy={busy} onConfirm={remove}>
        <Text size="sm">{words.whatDeletingDoes}</Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </ListRow>
  );
}
