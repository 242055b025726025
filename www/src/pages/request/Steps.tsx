import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { Explanation, Person, RequestView, ReviewRecord, StepExplanation } from "access-engine";
import { Icon } from "../../components/icons.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PersonChip } from "../../components/PersonChip.tsx";
import { Quorum } from "../../components/Quorum.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import { inWords, namesOf } from "../../words/lists.ts";
import { firstName } from "../../words/names.ts";
import * as words from "../../words/pages/request.tsx";
import { STANDING, STATUS, STEP_STATE } from "../../words/reasons.ts";
import { listsOf, stepName } from "../../words/steps.ts";
import classes from "./Steps.module.css";

/** The steps with their quorums, whoever has spoken, and who can act now. */
export function Steps({ explanation: { request, steps } }: { explanation: Explanation }) {
  return (
    <Panel title={words.steps} hint={words.policyRequires(request.policy.name, steps.length === 1 ? words.oneStep : words.countSteps(steps.length))}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <Step key={step.step} step={step} request={request} />
        ))}
      </ol>
    </Panel>
  );
}

function Step({ step, request }: { step: StepExplanation; request: RequestView }) {
  const reviews = request.reviews.filter(({ review }) => review.step === step.step);
  return (
    <li className={classes.step} data-state={step.state}>
      <span className={classes.mark} aria-hidden="true">
        {step.state === "completed" ? <Icon name="check" size={16} /> : step.step}
      </span>
      <Stack gap="xs" miw={0}>
        <Title order={3}>
          {stepName(step.step, step.name)}
          <Text span c="dimmed" fw={400}>{`, ${stateWords(step, request)}`}</Text>
        </Title>
        {listsOf(step).map((list, index) => (
          // Lists and quorums are told apart by their place alone.
          // oxlint-disable-next-line react/no-array-index-key
          <Stack key={index} gap="xs">
            {index > 0 && <Text size="sm" fw={600}>{words.or}</Text>}
            {list.map((quorum, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Quorum key={place} {...quorum} />
            ))}
          </Stack>
        ))}
        {(step.rejections > 0 || step.rejectionsRequired > 1) && (
          <Text size="sm" c="dimmed">{words.rejectionsSoFar(step.rejections, step.rejectionsRequired)}</Text>
        )}
        {step.state === "open" && <CanActNow people={step.canApprove} count={step.canApproveCount} />}
        {reviews.map((record) => (
          <Review key={`${record.review.reviewer} ${record.review.at}`} record={record} request={request} />
        ))}
      </Stack>
    </li>
  );
}

/** A closed step is the one where the request ended, or one behind it. */
function stateWords({ step, state }: StepExplanation, request: RequestView): string {
  if (state !== "closed" || step > request.step) return STEP_STATE[state];
  if (request.closing?.origin === "break_glass") return words.passedOver;
  return words.statusHere(STATUS[request.status].toLowerCase());
}

/** In a real company these people have mail; in the demo the visitor becomes one of them. */
function CanActNow({ people, count }: { people: readonly Person[]; count: number }) {
  const { me, personas, become } = useDemo();
  const named = people.map((person) => (person.id === me.id ? { name: words.thisIsYou(person.name) } : person));
  const others = people.filter(({ id }) => id !== me.id && personas.some((persona) => persona.id === id));
  return (
    <div className={classes.now}>
      <Text size="sm">
        <b>{words.canApproveNow}</b>
        {people.length === 0 ? words.nobody : inWords(namesOf(named, count))}
      </Text>
      {others.length > 0 && (
        <Group gap="xs" mt={6}>
          {others.map(({ id, name }) => (
            <Button key={id} size="compact-sm" variant="light" onClick={() => become(id)}>
              {words.beThem(firstName(name))}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}

function Review({ record: { review, standing }, request }: { record: ReviewRecord; request: RequestView }) {
  const name = request.people[review.reviewer] ?? review.reviewer;
  return (
    <div className={classes.review} data-verdict={review.verdict} data-standing={standing === "standing"}>
      <PersonChip name={name} note={review.verdict === "approve" ? words.approved : words.rejected} size={22} />
      {review.comment !== undefined && <Text size="sm">{`“${review.comment}”`}</Text>}
      <Text size="sm" c="dimmed">
        <When at={review.at} as="distance" />
        {standing !== "standing" && `; ${STANDING[standing]}`}
      </Text>
    </div>
  );
}
