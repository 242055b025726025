import { Group, Text } from "@mantine/core";
import type { DelegationView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { ListRow } from "../../components/ListRow.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { GrantBadge } from "../../components/StatusBadge.tsx";
import { When } from "../../components/When.tsx";
import { useCommand } from "../../state/command.tsx";

/** Who reviews in whose place, and how that is ended. */
export function DelegationRow({ delegation: { id, delegator, delegate, startsAt, endsAt, end, status, canEnd } }: { delegation: DelegationView }) {
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("endDelegation");
  const stop = async () => {
    const receipt = await run({ delegationId: id }, { done: () => `${delegate.name} no longer reviews in the place of ${delegator.name}.` });
    if (receipt) dialog.close();
  };
  const endButton = (
    <AbilityButton ability={canEnd} size="xs" variant="default" onClick={dialog.open} aria-label={`End: ${delegate.name} in the place of ${delegator.name}`}>
      End
    </AbilityButton>
  );
  return (
    <ListRow aside={status !== "ended" && endButton}>
      <Group gap="xs">
        <Text>
          <b>{delegate.name}</b>
          {` in the place of ${delegator.name}`}
        </Text>
        <GrantBadge status={status} />
      </Group>
      <Text size="sm" c="dimmed">
        From <When at={startsAt} as="date" /> until <When at={end?.at ?? endsAt} as="date" />
      </Text>
      <Dialog opened={asked} onClose={dialog.close} title={`End the delegation to ${delegate.name}?`} confirm="End it now" keep="Keep it" busy={busy} onConfirm={stop}>
        <Text size="sm">{`Reviews that ${delegate.name} gave in the place of ${delegator.name} no longer count where the request is still open.`}</Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </ListRow>
  );
}
