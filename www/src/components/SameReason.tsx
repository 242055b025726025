import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Ability } from "../state/ability.ts";
import { Sentence } from "./Sentence.tsx";

interface Props {
  abilities: readonly [Ability, Ability];
  children: (one: Ability, other: Ability) => ReactNode;
}

/** Two buttons that are closed for one reason say it once. */
export function SameReason({ abilities: [one, other], children }: Props) {
  const reason = one.refusal?.message;
  if (reason === undefined || reason !== other.refusal?.message) return children(one, other);
  return (
    <Stack gap={3}>
      {children({ allowed: one.allowed }, { allowed: other.allowed })}
      <Text size="xs" c="dimmed">
        <Sentence clause={reason} />
      </Text>
    </Stack>
  );
}
