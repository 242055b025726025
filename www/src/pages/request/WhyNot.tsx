import { Stack, Text } from "@mantine/core";
import { ClosedButtons } from "../../components/ClosedButtons.tsx";
import type { Ability } from "../../state/ability.ts";
import * as words from "../../words/pages/request.tsx";
import classes from "./WhyNot.module.css";

/** What is closed to the visitor, folded away with the engine's reasons. */
export function WhyNot({ actions }: { actions: readonly { label: string; ability: Ability }[] }) {
  if (!actions.some(({ ability }) => !ability.allowed && ability.refusal !== undefined)) return null;
  return (
    <details className={classes.fold}>
      <summary>{words.whyCantI}</summary>
      <Stack gap="md" mt="sm">
        <ClosedButtons actions={actions} />
        <Text size="xs" c="dimmed">
          {words.pageKnowsNoRules}
        </Text>
      </Stack>
    </details>
  );
}
