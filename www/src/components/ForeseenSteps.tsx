import { Group, Stack, Text } from "@mantine/core";
import type { PreviewQuorum, PreviewStep } from "access-engine";
import * as words from "../words/decisions.tsx";
import { listsOf } from "../words/steps.ts";
import { Icon } from "./icons.tsx";
import { PersonChip } from "./PersonChip.tsx";
import { quorumWords } from "./Quorum.tsx";
import classes from "./StepPath.module.css";

/** So many people of a quorum are shown. */
const SHOWN = 6;

/** The way to access, with whoever could approve each step. */
export function ForeseenSteps({ steps }: { steps: readonly PreviewStep[] }) {
  return (
    <ol className={classes.steps} aria-label={words.steps}>
      {steps.map((step, index) => (
        // Steps, lists and quorums are told apart by their place alone.
        // oxlint-disable react/no-array-index-key
        <li key={index} className={classes.step} data-people>
          <span className={classes.mark}>{index + 1}</span>
          <Stack gap="xs" miw={0}>
            {step.name !== undefined && <Text size="sm" fw={600}>{step.name}</Text>}
            {listsOf(step).map((list, place) => (
              <Stack key={place} gap="xs">
                {place > 0 && <Text size="sm" fw={600}>{words.or}</Text>}
                {list.map((quorum, inList) => (
                  <Approvers key={inList} quorum={quorum} isFirst={inList === 0} />
                ))}
              </Stack>
            ))}
          </Stack>
        </li>
        // oxlint-enable react/no-array-index-key
      ))}
      <li className={classes.step} data-kind="access">
        <span className={classes.mark}>
          <Icon name="key" size={15} />
        </span>
        <Text size="sm">{words.access}</Text>
      </li>
    </ol>
  );
}

function Approvers({ quorum, isFirst }: { quorum: PreviewQuorum; isFirst: boolean }) {
  const { required, approvers, approverCount } = quorum;
  const more = approverCount - Math.min(SHOWN, approvers.length);
  if (approverCount === 0) return <Text size="sm">{quorumWords(quorum)}</Text>;
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>
        {!isFirst && words.and}
        {required === "all" ? words.allOfCount(approverCount) : words.someOfCount(required, approverCount)}
      </Text>
      <Group gap="xs">
        {approvers.slice(0, SHOWN).map(({ id, name }) => (
          <PersonChip key={id} name={name} size={24} />
        ))}
        {more > 0 && <Text size="sm" c="dimmed">{words.andManyMore(more.toLocaleString("en"))}</Text>}
      </Group>
    </div>
  );
}
