import { Text } from "@mantine/core";
import type { Approver, PolicyTerms, Quorum, Step } from "access-engine";
import { Icon } from "../../components/icons.tsx";
import type { Directory } from "../../engine/directory.ts";
import { useDemo } from "../../state/demo.tsx";
import { durationWords, inSeconds } from "../../words/duration.ts";
import { inWords } from "../../words/lists.ts";
import { stepWords } from "../../words/steps.ts";
import classes from "../../components/StepPath.module.css";
import * as words from "../../words/pages/policies.tsx";

/** The way to access: step after step, and the short cut where there is one. */
export function PolicySteps({ terms }: { terms: PolicyTerms | undefined }) {
  const { directory } = useDemo().demo;
  if (terms === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {words.stepsNotShown}
      </Text>
    );
  }
  const bypassers = terms.breakGlass?.bypassers ?? [];
  return (
    <ol className={classes.steps} aria-label={words.steps}>
      {terms.steps.map((step, index) => (
        // Steps are told apart by their place alone.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={classes.step}>
          <span className={classes.mark}>{index + 1}</span>
          <div>
            <Text size="sm">
              {step.name !== undefined && <b>{`${step.name}: `}</b>}
              {stepWords(step, (quorum) => quorumTerms(quorum, directory))}
            </Text>
            {waitingTerms(step, directory).map((term) => (
              <Text key={term} size="sm" c="dimmed">
                {term}
              </Text>
            ))}
          </div>
        </li>
      ))}
      <li className={classes.step} data-kind="access">
        <span className={classes.mark}>
          <Icon name="key" size={15} />
        </span>
        <Text size="sm">{words.access}</Text>
      </li>
      <li className={classes.step} data-kind={bypassers.length === 0 ? "closed" : "glass"}>
        <span className={classes.mark}>
          <Icon name="glass" size={15} />
        </span>
        <Text size="sm">{breakGlassTerms(terms, directory)}</Text>
      </li>
    </ol>
  );
}

function quorumTerms({ required, approvers }: Quorum, directory: Directory): string {
  const names = approvers.map((it) => approverName(it, directory));
  if (names.length === 0) return words.nobodyYet;
  if (required === "all") return words.allOf(inWords(names));
  const [only] = approvers;
  const isGroup = typeof only === "object" && "group" in only;
  if (approvers.length === 1 && !isGroup) return names.join("");
  return words.someOf(required, inWords(names, "or"));
}

function approverName(approver: Approver, directory: Directory): string {
  return approver === "manager" ? words.theRequestersManager : directory.principalName(approver);
}

/** What happens while a step waits. */
function waitingTerms({ remindEvery, escalate, rejectionsRequired = 1 }: Step, directory: Directory): string[] {
  const [every, after] = [inSeconds(remindEvery), inSeconds(escalate?.after)];
  const called = escalate?.approvers.map((it) => approverName(it, directory)) ?? [];
  return [
    ...(every === undefined ? [] : [words.remindedEvery(durationWords(every))]),
    ...(after === undefined || called.length === 0 ? [] : [words.escalatesTo(durationWords(after), inWords(called, "or"))]),
    ...(rejectionsRequired > 1 ? [words.rejectionsEndIt(rejectionsRequired)] : []),
  ];
}

function breakGlassTerms({ breakGlass }: PolicyTerms, directory: Directory): string {
  const bypassers = breakGlass?.bypassers ?? [];
  if (bypassers.length === 0) return words.noBreakGlass;
  const cap = inSeconds(breakGlass?.maxDuration);
  const names = inWords(bypassers.map((it) => directory.principalName(it)));
  return words.breakGlassBy(names, cap === undefined ? "" : words.atMost(durationWords(cap)));
}
