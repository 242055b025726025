import { Button, Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { errorAt } from "../../components/errors.tsx";
import { Icon } from "../../components/icons.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import type { Fault } from "../../words/refusals.ts";
import { stepName } from "../../words/steps.ts";
import { newQuorum, newStep, type QuorumFields, type StepFields } from "./fields.ts";
import classes from "./StepsField.module.css";

/** The steps in their order, each with its quorums. */
export function StepsField({ steps, onChange, faults }: { steps: StepFields[]; onChange: (steps: StepFields[]) => void; faults: readonly Fault[] }) {
  return (
    <Stack gap="md">
      {steps.map((step, index) => (
        <fieldset key={step.key} className={classes.step}>
          <legend className={classes.legend}>{stepName(index + 1, step.kept.name)}</legend>
          <StepField
            step={step}
            error={(place) => errorAt(faults, `steps[${index}].${place}`)}
            onChange={(changed) => onChange(steps.map((it) => (it.key === step.key ? changed : it)))}
            onRemove={steps.length > 1 ? () => onChange(steps.filter(({ key }) => key !== step.key)) : undefined}
          />
        </fieldset>
      ))}
      <Button variant="default" w="fit-content" leftSection={<Icon name="add" size={16} />} onClick={() => onChange([...steps, newStep()])}>
        Add a step
      </Button>
    </Stack>
  );
}

interface StepProps {
  step: StepFields;
  /** What is wrong at a place in it. */
  error: (place: string) => ReactNode;
  onChange: (step: StepFields) => void;
  onRemove: (() => void) | undefined;
}

function StepField({ step, error, onChange, onRemove }: StepProps) {
  const changeQuorum = (changed: QuorumFields) =>
    onChange({ ...step, quorums: step.quorums.map((it) => (it.key === changed.key ? changed : it)) });
  const removeQuorum = (removed: QuorumFields) =>
    onChange({ ...step, quorums: step.quorums.filter(({ key }) => key !== removed.key) });
  return (
    <Stack gap="md">
      {step.kept.anyOf !== undefined && <Text size="sm">One of several lists of quorums must be met. They are kept as they are.</Text>}
      {step.quorums.map((quorum, index) => (
        <Stack key={quorum.key} gap="xs">
          {index > 0 && (
            <Text size="sm" fw={600}>
              and
            </Text>
          )}
          <QuorumField
            quorum={quorum}
            approversError={error(`quorums[${index}].approvers`) ?? (quorum.approvers.length === 0 ? error("approvers") : undefined)}
            requiredError={error(`quorums[${index}].required`)}
            onChange={changeQuorum}
            onRemove={step.quorums.length > 1 ? () => removeQuorum(quorum) : undefined}
          />
        </Stack>
      ))}
      <NumberInput
        label="Rejections that end it"
        value={step.rejectionsRequired}
        onChange={(rejectionsRequired) => onChange({ ...step, rejectionsRequired })}
        min={1}
        maw={220}
        error={error("rejectionsRequired")}
      />
      <Group gap="xs">
        {step.kept.anyOf === undefined && (
          <Button size="xs" variant="default" onClick={() => onChange({ ...step, quorums: [...step.quorums, newQuorum()] })}>
            Add a quorum
          </Button>
        )}
        {onRemove && (
          <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
            Remove this step
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface QuorumProps {
  quorum: QuorumFields;
  approversError: ReactNode;
  requiredError: ReactNode;
  onChange: (quorum: QuorumFields) => void;
  onRemove: (() => void) | undefined;
}

function QuorumField({ quorum, approversError, requiredError, onChange, onRemove }: QuorumProps) {
  return (
    <Stack gap="xs">
      <PrincipalSelect label="Approvers" withManager value={quorum.approvers} onChange={(approvers) => onChange({ ...quorum, approvers })} error={approversError} />
      <Group gap="md" align="flex-end">
        <NumberInput
          label="How many must approve"
          value={quorum.everybody ? "" : quorum.required}
          onChange={(required) => onChange({ ...quorum, required })}
          disabled={quorum.everybody}
          min={1}
          w={200}
          error={requiredError}
        />
        <Switch label="All of them" checked={quorum.everybody} onChange={(event) => onChange({ ...quorum, everybody: event.currentTarget.checked })} pb={8} />
        {onRemove && (
          <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
            Remove this quorum
          </Button>
        )}
      </Group>
    </Stack>
  );
}
