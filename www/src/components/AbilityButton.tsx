import { Button, type ButtonProps, Stack, Text } from "@mantine/core";
import { type MouseEvent, useId } from "react";
import type { Ability } from "../state/ability.ts";
import { refusalWords } from "../words/refusals.ts";
import { Sentence } from "./Sentence.tsx";

interface Props extends ButtonProps {
  ability: Ability;
  /** Opens something, or acts; a button without it sends its form. */
  onClick?: () => void;
  /** Whether the form that it opens is shown. */
  expanded?: boolean;
  /** Where it is closed, words take its place: nobody came for it. */
  quiet?: boolean;
  /** The key that presses it in the inbox. */
  "aria-keyshortcuts"?: string;
  children: string;
}

/** A button that is open when the engine says so, and otherwise gives the engine's reason. */
export function AbilityButton({ ability, onClick, expanded, quiet = false, children, ...props }: Props) {
  const id = useId();
  const press = (event: MouseEvent) => {
    // The second click of two may hit what has come to this place after the first.
    if (event.detail > 1) event.preventDefault();
    else onClick?.();
  };
  const why = ability.refusal ? refusalWords(ability.refusal) : ability.warning;
  if (quiet && !ability.allowed) {
    return (
      <Text size="sm" c="dimmed" title={ability.refusal?.code}>
        <Sentence clause={why === undefined ? children : `${children}: ${why}`} />
      </Text>
    );
  }
  return (
    <Stack gap={3} align="flex-start">
      <Button
        {...props}
        type={onClick === undefined ? "submit" : "button"}
        onClick={press}
        disabled={!ability.allowed}
        aria-describedby={why === undefined ? undefined : id}
        {...(expanded === undefined ? {} : { "aria-expanded": expanded })}
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
