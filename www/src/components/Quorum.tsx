import { Group, Stack, Text } from "@mantine/core";
import type { Person } from "access-engine";
import * as words from "../words/decisions.tsx";
import { inWords, namesOf } from "../words/lists.ts";
import { PersonMark } from "./PersonChip.tsx";
import classes from "./Quorum.module.css";

interface Named {
  required: number | "all";
  /** The first of so many. */
  approvers: readonly Person[];
  approverCount: number;
}

/** How many of whom, in words: `2 approvals of Mira Kovač, Sam Oyelaran or Inês Duarte`. */
export function quorumWords({ required, approvers, approverCount }: Named): string {
  const names = namesOf(approvers, approverCount);
  if (names.length === 0) return words.nobodyCan;
  if (required === "all") return words.allOf(inWords(names));
  if (names.length === 1 && required === 1) return `${names[0]}`;
  return words.someOfNames(required, inWords(names, "or"));
}

interface Props extends Named {
  slots: number;
  filledBy: readonly Person[];
}

/** A quorum: one place for each approval that it takes, with whoever has filled it. */
export function Quorum({ slots, filledBy, ...named }: Props) {
  const open = Math.max(0, slots - filledBy.length);
  const isMet = open === 0 && slots > 0;
  return (
    <Group gap="sm" wrap="nowrap" align="center">
      <Group gap={4} wrap="nowrap" className={classes.slots} data-met={isMet} aria-hidden="true">
        {filledBy.map(({ id, name }) => (
          <span key={id} className={classes.filled}>
            <PersonMark name={name} size={30} />
          </span>
        ))}
        {Array.from({ length: open }, (_, index) => (
          // An open place is like every other.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={classes.open} />
        ))}
      </Group>
      <Stack gap={0} miw={0}>
        <Text size="sm">{quorumWords(named)}</Text>
        {filledBy.length > 0 && (
          <Text size="sm" c="dimmed">
            {words.approvedBy(inWords(filledBy.map(({ name }) => name)))}
            {isMet && words.whichIsEnough}
          </Text>
        )}
      </Stack>
    </Group>
  );
}
