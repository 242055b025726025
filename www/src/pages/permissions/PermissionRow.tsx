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
import { targetsWords } from "../../words/target.ts";

/** One permission: who may do what, and on what condition. */
export function PermissionRow({ permission: { id, version, name, targets, actions, terms } }: { permission: PermissionView }) {
  const { directory } = useDemo().demo;
  const manage = useManagePermissions();
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("deletePermission");
  const remove = async () => {
    const receipt = await run({ permissionId: id, version }, { done: () => `The permission “${name}” is deleted.` });
    if (receipt) dialog.close();
  };
  const deletion = (
    <Button size="xs" variant="default" onClick={dialog.open} aria-label={`Delete ${name}`}>
      Delete
    </Button>
  );
  return (
    <ListRow aside={manage.allowed && deletion}>
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        {manage.allowed && (
          <LinkButton to="/permissions/$permissionId" params={{ permissionId: id }} size="compact-sm" variant="light" aria-label={`Edit ${name}`}>
            Edit
          </LinkButton>
        )}
      </Group>
      <Text size="sm">
        {terms && `${inWords(terms.holders.map((it) => directory.principalName(it)))}: `}
        {`${actions === "all" ? "all actions" : inWords(actions)}, ${targetsWords(targets)}`}
      </Text>
      {terms?.condition && (
        <Text size="sm" c="dimmed">
          only if <span className="code">{JSON.stringify(terms.condition)}</span>
        </Text>
      )}
      <Dialog opened={asked} onClose={dialog.close} title={`Delete “${name}”?`} confirm="Delete it" keep="Keep the permission" busy={busy} onConfirm={remove}>
        <Text size="sm">What it allows has to be asked for from then on, unless another permission or a grant allows it.</Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </ListRow>
  );
}
