import { Button, Stack, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../components/icons.tsx";
import * as words from "../../words/pages/policies.tsx";
import { newStep, type StepFields } from "./fields.ts";
import type { Marks } from "./marks.tsx";
import { MoveButtons } from "./MoveButtons.tsx";
import { type Place, placeBeside, withQuorumAt, withStepAt } from "./order.ts";
import { StepField } from "./StepField.tsx";
import classes from "./StepsField.module.css";
import { useDragging } from "./useDragging.ts";

/** The steps in their order, each with its quorums; all of them can be dragged, or moved by keys. */
export function StepsField({ steps, onChange, marks }: { steps: StepFields[]; onChange: (steps: StepFields[]) => void; marks: Marks }) {
  const dragging = useDragging();
  const [said, setSaid] = useState("");
  const putStep = (key: string, to: number) => {
    onChange(withStepAt(steps, key, to));
    setSaid(words.isStepNow(to + 1));
  };
  const putQuorum = (key: string, to: Place) => {
    onChange(withQuorumAt(steps, key, to));
    const step = steps.findIndex(({ lists }) => lists.some((it) => it.key === to.list));
    setSaid(words.isQuorumNow(to.index + 1, step + 1));
  };
  const remove = (key: string) => onChange(steps.filter((it) => it.key !== key));
  return (
    <Stack gap="md" data-place="steps">
      {marks("steps").description}
      {steps.map((step, index) => {
        const goTo = (to: number) => (to < 0 || to >= steps.length ? undefined : () => putStep(step.key, to));
        return (
          <fieldset key={step.key} className={classes.step} data-place={`steps[${index}]`} {...dragging.target("step", step.key, (key) => putStep(key, index))}>
            <legend className={classes.legend}>{words.stepTitle(index + 1)}</legend>
            <StepField
              step={step}
              number={index + 1}
              marks={marks}
              onChange={(changed) => onChange(steps.map((it) => (it.key === step.key ? changed : it)))}
              onRemove={steps.length > 1 ? () => remove(step.key) : undefined}
              moving={
                <MoveButtons
                  id={step.key}
                  what={words.stepName(index + 1)}
                  onUp={goTo(index - 1)}
                  onDown={goTo(index + 1)}
                  handle={dragging.handle("step", step.key)}
                />
              }
              dragging={dragging}
              putQuorum={putQuorum}
              beside={(key, by) => placeBeside(steps, key, by)}
            />
          </fieldset>
        );
      })}
      <Button variant="default" w="fit-content" leftSection={<Icon name="add" size={16} />} onClick={() => onChange([...steps, newStep()])}>
        {words.addAStep}
      </Button>
      <VisuallyHidden component="output">{said}</VisuallyHidden>
    </Stack>
  );
}
