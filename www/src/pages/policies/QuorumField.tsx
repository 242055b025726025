import { Button, Group, NumberInput, Stack, Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import * as words from "../../words/pages/policies.tsx";
import type { QuorumFields } from "./fields.ts";
import type { Marks } from "./marks.tsx";

interface Props {
  quorum: QuorumFields;
  /** Where it stands in the policy. */
  place: string;
  marks: Marks;
  /** What is wrong with its step where somebody names no approvers. */
  ofStep: ReactNode;
  onChange: (quorum: QuorumFields) => void;
  onRemove: (() => void) | undefined;
  /** What moves it; nothing where it is the only one. */
  moving: ReactNode;
}

/** How many of whom must approve. */
export function QuorumField({ quorum, place, marks, ofStep, onChange, onRemove, moving }: Props) {
  const ofApprovers = marks(`${place}.approvers`);
  return (
    <Stack gap="xs">
      {moving && (
        <Group justify="space-between" gap="xs">
          {moving}
          {onRemove && (
            <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
              {words.removeThisQuorum}
            </Button>
          )}
        </Group>
      )}
      <PrincipalSelect
        label={words.approvers}
        withManager
        value={quorum.approvers}
        onChange={(approvers) => onChange({ ...quorum, approvers })}
        description={ofApprovers.description}
        error={ofApprovers.error ?? (quorum.approvers.length === 0 ? ofStep : undefined)}
      />
      <Group gap="md" align="flex-end">
        <NumberInput
          label={words.howManyMustApprove}
          value={quorum.everybody ? "" : quorum.required}
          onChange={(required) => onChange({ ...quorum, required })}
          disabled={quorum.everybody}
          min={1}
          w={200}
          error={marks(`${place}.required`).error}
        />
        <Switch label={words.allOfThem} checked={quorum.everybody} onChange={(event) => onChange({ ...quorum, everybody: event.currentTarget.checked })} pb={8} />
      </Group>
    </Stack>
  );
}
