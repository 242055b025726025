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
import * as words from "../../words/pages/delegations.tsx";

/** Who reviews in whose place, and how that is ended. */
export function DelegationRow({ delegation: { id, delegator, delegate, startsAt, endsAt, end, status, canEnd } }: { delegation: DelegationView }) {
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("endDelegation");
  const stop = async () => {
    const receipt = await run({ delegationId: id }, { done: () => words.noLongerReviews(delegate.name, delegator.name) });
    if (receipt) dialog.close();
  };
  const endButton = (
    <AbilityButton ability={canEnd} size="xs" variant="default" onClick={dialog.open} aria-label={words.endLabel(delegate.name, delegator.name)}>
      {words.end}
    </AbilityButton>
  );
  return (
    <ListRow aside={status !== "ended" && endButton}>
      <Group gap="xs">
        <Text>
          <b>{delegate.name}</b>
          {words.onBehalfOfWhom(delegator.name)}
        </Text>
        <GrantBadge status={status} />
      </Group>
      <Text size="sm" c="dimmed">
        {words.fromUntil(<When at={startsAt} as="date" />, <When at={end?.at ?? endsAt} as="date" />)}
      </Text>
      <Dialog opened={asked} onClose={dialog.close} title={words.endQuestion(delegate.name)} confirm={words.endItNow} keep={words.keepIt} busy={busy} onConfirm={stop}>
        <Text size="sm">{words.whatEndingDoes(delegate.name, delegator.name)}</Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </ListRow>
  );
}
