import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import type { AccessError } from "access-engine";
import { useState } from "react";
import { Callout } from "./Callout.tsx";
import { RefusalAlert } from "./Refusal.tsx";

interface Props {
  busy: boolean;
  error: AccessError | undefined;
  onBreak: (justification: string) => void;
  onClose: () => void;
}

/** The reason for going ahead without approval, asked for once more. */
export function BreakGlassForm({ busy, error, onBreak, onClose }: Props) {
  const [justification, setJustification] = useState("");
  return (
    <Callout tone="ember" icon="glass" title="Go ahead without approval">
      <Stack gap="sm">
        <Text size="sm">
          You get access at once. Every approver and every administrator is told now, and an approver looks at it
          afterwards.
        </Text>
        <Textarea
          label="Why this cannot wait"
          withAsterisk
          autosize
          minRows={2}
          value={justification}
          onChange={(event) => setJustification(event.currentTarget.value)}
        />
        {error && <RefusalAlert error={error} />}
        <Group gap="xs">
          <Button color="ember" loading={busy} onClick={() => onBreak(justification)}>
            Break the glass now
          </Button>
          <Button variant="default" onClick={onClose}>
            Do not
          </Button>
        </Group>
      </Stack>
    </Callout>
  );
}
