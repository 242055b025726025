import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { LiveGrants, PolicyView } from "access-engine";
import { useState } from "react";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { LiveGrantsChoice } from "./ConsequenceChoices.tsx";

/** Asks once more, and what becomes of what the policy gave. */
export function DeletePolicyDialog({ policy, onClose }: { policy: PolicyView; onClose: () => void }) {
  const [liveGrants, setLiveGrants] = useState<LiveGrants>("keep");
  const { run, busy, error } = useCommand();
  const remove = async () => {
    const receipt = await run({
      send: (engine, actor) => engine.deletePolicy(actor, { policyId: policy.id, liveGrants }),
      done: () => `The policy “${policy.name}” is deleted.`,
    });
    if (receipt) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Delete “${policy.name}”?`}>
      <Stack gap="md">
        <Text size="sm">Its pending requests are cancelled, and their requesters are told.</Text>
        <LiveGrantsChoice value={liveGrants} onChange={setLiveGrants} />
        {error && <RefusalAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep the policy
          </Button>
          <Button color="red" loading={busy} onClick={() => void remove()}>
            Delete it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
