import { Button, Group, Text } from "@mantine/core";
import type { PermissionView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { Dialog } from "../../components/Dialog.tsx";
import { LinkButton } from "../../components/links.tsx";
import { ListRow } from "../../components/ListRow.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
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
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("deletePermission");
  const remove = async () => {
    const receipt = await run({ permissionId: id, version }, { done: () => words.permissionDeleted(name) });
    if (receipt) dialog.close();
  };
  const deletion = (
    <Button size="xs" variant="default" onClick={dialog.open} aria-label={words.deleteLabel(name)}>
      {words.deletePermission}
    </Button>
  );
  return (
    <ListRow aside={manage.allowed && deletion}>
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        {manage.allowed && (
          <LinkButton to="/permissions/$permissionId" params={{ permissionId: id }} size="compact-sm" variant="light" aria-label={words.editLabel(name)}>
            {words.edit}
          </LinkButton>
        )}
      </Group>
      <Text size="sm">
        {terms && `${inWords(terms.holders.map((it) => directory.principalName(it)))}: `}
        {`${actions === "all" ? words.allActions : inWords(actions)}, ${targetsWords(targets)}`}
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
