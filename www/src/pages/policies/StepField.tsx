import { Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import * as words from "../../words/pages/policies.tsx";
import { quorumPlace } from "../../words/steps.ts";
import { type ListFields, newList, newQuorum, type QuorumFields, type StepFields } from "./fields.ts";
import type { Marks } from "./marks.tsx";
import { MoveButtons } from "./MoveButtons.tsx";
import type { Place } from "./order.ts";
import { QuorumField } from "./QuorumField.tsx";
import { StepExtras } from "./StepExtras.tsx";
import classes from "./StepsField.module.css";
import type { Dragging } from "./useDragging.ts";

interface Props {
  step: StepFields;
  /** Which step of the policy it is, counted from 1. */
  number: number;
  marks: Marks;
  onChange: (step: StepFields) => void;
  onRemove: (() => void) | undefined;
  /** What moves the whole. */
  moving: ReactNode;
  dragging: Dragging;
  putQuorum: (key: string, to: Place) => void;
  /** Where one of its quorums would come by one move. */
  beside: (key: string, by: -1 | 1) => Place | undefined;
}

/** One step: its quorums, in one list or in several of which one must be met, and what happens while it waits. */
export function StepField({ step, number, marks, onChange, onRemove, moving, dragging, putQuorum, beside }: Props) {
  const { lists } = step;
  const place = `steps[${number - 1}]`;
  const change = (list: ListFields, quorums: QuorumFields[]) => {
    const changed = lists.map((it) => (it.key === list.key ? { ...it, quorums } : it));
    onChange({ ...step, lists: changed.filter((it) => it.quorums.length > 0) });
  };
  const remove = (list: ListFields, key: string) => change(list, list.quorums.filter((it) => it.key !== key));
  const only = lists.length === 1 && lists[0]?.quorums.length === 1;
  return (
    <Stack gap="md">
      {onRemove && (
        <Group justify="space-between" gap="xs">
          {moving}
          <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
            {words.removeThisStep}
          </Button>
        </Group>
      )}
      {marks(place).description}
      {lists.map((list, at) => (
        <Stack key={list.key} gap="sm">
          {at > 0 && <Text fw={640}>{words.or}</Text>}
          {list.quorums.map((quorum, index) => {
            const quorumAt = `${place}.${quorumPlace(lists.length > 1 ? at + 1 : undefined, index + 1)}`;
            const move = (by: -1 | 1) => {
              const to = beside(quorum.key, by);
              return to && (() => putQuorum(quorum.key, to));
            };
            const [onUp, onDown] = [move(-1), move(1)];
            return (
              <Fragment key={quorum.key}>
                {index > 0 && <Text size="sm" fw={600}>{words.and}</Text>}
                <div className={classes.quorum} data-place={`${quorumAt}.approvers`} {...dragging.target("quorum", quorum.key, (key) => putQuorum(key, { list: list.key, index }))}>
                  <QuorumField
                    quorum={quorum}
                    place={quorumAt}
                    marks={marks}
                    ofStep={marks(`${place}.approvers`).error}
                    onChange={(changed) => change(list, list.quorums.map((it) => (it.key === quorum.key ? changed : it)))}
                    onRemove={only ? undefined : () => remove(list, quorum.key)}
                    moving={
                      (onUp ?? onDown) && (
                        <MoveButtons id={quorum.key} what={words.quorumOfStep(index + 1, number)} onUp={onUp} onDown={onDown} handle={dragging.handle("quorum", quorum.key)} />
                      )
                    }
                  />
                </div>
              </Fragment>
            );
          })}
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => change(list, [...list.quorums, newQuorum()])}>
              {words.addAQuorum}
            </Button>
            {list === lists.at(-1) && (
              <Button size="xs" variant="default" onClick={() => onChange({ ...step, lists: [...lists, newList()] })}>
                {words.addAnAlternative}
              </Button>
            )}
          </Group>
        </Stack>
      ))}
      <NumberInput
        label={words.rejectionsThatEndIt}
        value={step.rejectionsRequired}
        onChange={(rejectionsRequired) => onChange({ ...step, rejectionsRequired })}
        min={1}
        maw={220}
        {...marks(`${place}.rejectionsRequired`)}
      />
      <StepExtras step={step} marks={(it) => marks(`${place}.${it}`)} onChange={onChange} />
    </Stack>
  );
}
