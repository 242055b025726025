import { Button, type ButtonProps, Stack, Text } from "@mantine/core";
import type { Ability } from "../state/ability.ts";
import { useId } from "react";
import { Sentence } from "./Sentence.tsx";

interface Props extends ButtonProps {
  ability: Ability;
  /** Opens a form, or acts. */
  onClick: () => void;
  /** Whether the form that it opens is shown. */
  expanded?: boolean;
  children: string;
}

/** A button that is open when the engine says so, and otherwise gives the engine's reason. */
export function AbilityButton({ ability, onClick, expanded, children, ...props }: Props) {
  const id = useId();
  const why = ability.refusal?.message ?? ability.warning;
  return (
    <Stack gap={3} align="flex-start">
      <Button
        {...props}
        disabled={!ability.allowed}
        aria-describedby={why === undefined ? undefined : id}
        {...(expanded === undefined ? {} : { "aria-expanded": expanded })}
        onClick={onClick}
      >
        {children}
      </Button>
      {why !== undefined && (
        <Text id={id} size="xs" c={ability.allowed ? "ember" : "dimmed"} title={ability.refusal?.code}>
          <Sentence clause={why} />
        </Text>
      )}
    </Stack>
  );
}
