import { Button, Group, Stack, Textarea } from "@mantine/core";
import type { AccessError } from "access-engine";
import { useState } from "react";
import * as words from "../words/decisions.tsx";
import { Callout } from "./Callout.tsx";
import { errorOf } from "./errors.tsx";
import { Form } from "./Form.tsx";
import { GlassConsequences } from "./GlassConsequences.tsx";
import { RefusalAlert } from "./Refusal.tsx";

interface Props {
  busy: boolean;
  error: AccessError | undefined;
  /** The longest access that it gives, where that is known. */
  most?: number | undefined;
  onEdit: () => void;
  onBreak: (justification: string) => unknown;
  onClose: () => void;
}

/** The reason for going ahead without approval, asked for once more. */
export function BreakGlassForm({ busy, error, most, onEdit, onBreak, onClose }: Props) {
  const [justification, setJustification] = useState("");
  const fault = errorOf(error, "justification");
  return (
    <Callout tone="ember" icon="glass" title={words.goAheadWithoutApproval}>
      <Form label={words.goAheadWithoutApproval} onSubmit={() => onBreak(justification)} onEdit={onEdit}>
        <Stack gap="sm">
          <GlassConsequences most={most} />
          <Textarea
            label={words.whyThisCannotWait}
            withAsterisk
            autosize
            minRows={2}
            value={justification}
            onChange={(event) => setJustification(event.currentTarget.value)}
            error={fault}
          />
          {error && fault === undefined && <RefusalAlert error={error} />}
          <Group gap="xs" justify="space-between">
            <Button type="submit" color="ember" loading={busy} data-story="break-glass">
              {words.breakTheGlassNow}
            </Button>
            <Button variant="default" onClick={onClose}>
              {words.notNow}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Callout>
  );
}
