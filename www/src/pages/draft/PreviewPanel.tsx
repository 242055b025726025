import { Stack, Text, Title } from "@mantine/core";
import type { Pattern, Preview } from "access-engine";
import { Callout } from "../../components/Callout.tsx";
import { Beginning } from "../../components/Beginning.tsx";
import { Exclusions } from "../../components/Exclusions.tsx";
import { ForeseenSteps } from "../../components/ForeseenSteps.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Part } from "../../components/Part.tsx";
import { RefusalCode } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { Target } from "../../components/Target.tsx";
import type { Answer } from "../../state/ask.ts";
import { durationWords } from "../../words/duration.ts";
import * as words from "../../words/pages/draft.ts";
import { RIVAL } from "../../words/reasons.ts";
import { faultOf, type Refusal, refusalWords } from "../../words/refusals.ts";
import { LABEL } from "./fields.ts";
import type { Other } from "./useDraft.ts";

interface Props {
  preview: Answer<Preview>;
  /** Whether nothing is asked for yet, so that nothing is said against it. */
  blank?: boolean;
  /** Its target, and what is asked for together with it. */
  first?: Pattern;
  others?: readonly Other[];
}

/** What the engine would do with a draft, while it is being written. */
export function PreviewPanel({ preview: { value: preview, error }, blank = false, first, others }: Props) {
  if (blank) return <Panel title={words.whatWouldHappen} hint={words.sayWhatYouNeed} />;
  return (
    <Panel title={words.whatWouldHappen} hint={words.askedAtEveryKeystroke}>
      <Stack gap="md">
        {others !== undefined && others.length > 0 && first !== undefined && (
          <Title order={3}>
            {words.targetPrefix(1)}
            <Target target={first} />
          </Title>
        )}
        <div aria-live="polite">
          {error && <Verdict refusal={error} />}
          {preview && <Verdict {...preview.request} />}
        </div>
        {preview && <Foreseen preview={preview} />}
        {others?.map((other, index) => (
          // Targets are told apart by their place alone.
          // oxlint-disable-next-line react/no-array-index-key
          <OtherTarget key={index} number={index + 2} {...other} />
        ))}
      </Stack>
    </Panel>
  );
}

function OtherTarget({ number, draft, preview, refusal }: Other & { number: number }) {
  return (
    <Stack gap="sm" component="section" aria-label={words.target(number)}>
      <Title order={3}>
        {words.targetPrefix(number)}
        <Target target={draft.target} />
      </Title>
      <Verdict refusal={refusal} />
      {preview && <Foreseen preview={preview} withGlass={false} />}
    </Stack>
  );
}

function Verdict({ refusal, warning }: { refusal?: Refusal | undefined; warning?: string | undefined }) {
  if (refusal === undefined) {
    return (
      <Callout tone="yes" icon="check" title={words.wouldBeAccepted}>
        {warning !== undefined && <Sentence clause={warning} />}
      </Callout>
    );
  }
  return (
    <Callout tone="wait" icon="lock" title={words.wouldBeRefused}>
      <Text size="sm" m={0}>
        <Sentence clause={labelledWords(refusal)} />
      </Text>
      <RefusalCode code={refusal.code} />
    </Callout>
  );
}

/** What is wrong with one field is said with its name. */
function labelledWords(refusal: Refusal): string {
  const label = LABEL[faultOf(refusal)?.place.split("[")[0] ?? ""];
  return label === undefined ? refusalWords(refusal) : `${label}: ${refusalWords(refusal)}`;
}

function Foreseen({ preview, withGlass = true }: { preview: Preview; withGlass?: boolean }) {
  const { policy, maxDurationSeconds, rivals, steps, exclusions, breakGlass, breakGlassMaxDurationSeconds } = preview;
  return (
    <>
      <Part title={words.governedBy}>
        {policy === undefined ? (
          <Text size="sm">{words.noPolicyCoversAll}</Text>
        ) : (
          <Text size="sm">
            <b>{policy.name}</b>, {maxDurationSeconds === undefined ? words.noTimeLimit : words.atMost(durationWords(maxDurationSeconds))}
          </Text>
        )}
        <Beginning of={rivals}>
          {(some) =>
            some.map((rival) => (
              <Text key={rival.policy.id} size="sm" c="dimmed">
                {words.notThisPolicy(rival.policy.name, RIVAL[rival.because])}
              </Text>
            ))
          }
        </Beginning>
      </Part>
      {steps.length > 0 && (
        <Part title={words.whoMustAgree}>
          <ForeseenSteps steps={steps} />
        </Part>
      )}
      {exclusions.length > 0 && (
        <Part title={words.leftOut}>
          <Exclusions exclusions={exclusions} />
        </Part>
      )}
      {withGlass && (
        <Part title={words.breakGlass}>
          <Text size="sm" {...(breakGlass.allowed ? {} : { c: "dimmed" })}>
            {breakGlass.allowed ? (
              words.breakGlassOpen(breakGlassMaxDurationSeconds === undefined ? "" : words.forAtMost(durationWords(breakGlassMaxDurationSeconds)))
            ) : (
              <Sentence clause={breakGlass.refusal ? refusalWords(breakGlass.refusal) : words.breakGlassClosed} />
            )}
          </Text>
        </Part>
      )}
    </>
  );
}
