import { NativeSelect, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { Callout } from "../../components/Callout.tsx";
import { Code } from "../../components/Code.tsx";
import { Panel } from "../../components/Panel.tsx";
import { ENVIRONMENTS, FOLDERS } from "../../engine/company.ts";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { type Measured, measure } from "../../state/measure.ts";
import { sentence } from "../../words/lists.ts";
import * as words from "../../words/pages/start.ts";
import { DECISION } from "../../words/reasons.ts";
import classes from "./Start.module.css";

/** The targets of so many policies are to choose from. */
const MOST = 100;

/** A decision of the engine, for whomever one chooses, and how long it took. */
export function LiveDecision() {
  const { demo, me, personas, at } = useDemo();
  const [subject, setSubject] = useState(() => personas.find(({ id }) => id === "noor")?.id ?? me.id);
  const targets = useAnswer(["targets"], (engine, actor, now) => engine.policies(actor, { limit: MOST }, now).items.map((it) => it.targets)).value ?? [];
  const folders = demo.isSample ? FOLDERS : named(["/", ...targets.flatMap(({ paths }) => paths.map((it) => it.replace("/**", "") || "/"))]);
  const environments = demo.isSample || targets.length === 0 ? ENVIRONMENTS : named(targets.flatMap((it) => it.environments ?? []));
  const [path = folders[0] ?? "/", setPath] = useState<string | undefined>(folders.find((it) => it === "/payments/stripe"));
  const [environment = environments[0] ?? "", setEnvironment] = useState<string | undefined>(environments.find((it) => it === "production"));
  const [measured, setMeasured] = useState<Measured>();
  const query = { subject: { subject }, action: "read", resource: { environment, path } };
  const decision = useAnswer(["start", query], (engine, _actor, now) => engine.evaluate(query, now)).value;
  useEffect(() => {
    const timer = setTimeout(() => setMeasured(measure(() => demo.engine.isAllowed({ subject }, "read", { environment, path }))));
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- what is due changes the answer, and so its time
  }, [demo, at, subject, environment, path]);
  const people = personas.map(({ id }) => ({ value: id, label: demo.directory.name(id) }));
  return (
    <Panel title={words.itDecidesInThisPage}>
      <Stack gap="md">
        <div className={classes.question}>
          <NativeSelect label={words.may} data={people} value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
          <NativeSelect label={words.read} data={[...folders]} value={path} onChange={(event) => setPath(event.currentTarget.value)} />
          <NativeSelect label={words.within} data={[...environments]} value={environment} onChange={(event) => setEnvironment(event.currentTarget.value)} />
        </div>
        <div aria-live="polite">
          {decision && (
            <Callout tone={decision.decision ? "yes" : "wait"} icon={decision.decision ? "check" : "lock"} title={decision.decision ? words.yes : words.no}>
              <Text size="sm">
                {sentence(DECISION[decision.reason])}
                {decision.requestable && words.whoCanAgree(decision.requestable.policy.name)}
              </Text>
            </Callout>
          )}
        </div>
        <Code label={words.theQuestionAsCode} text={`engine.isAllowed({ subject: "${subject}" }, "read", {\n  environment: "${environment}", path: "${path}",\n})`} />
        <div className={classes.measured}>
          <Text component="p" className={classes.figure} data-testid="microseconds">
            {measured === undefined ? "…" : measured.microseconds.toFixed(1)} <span>{words.microseconds}</span>
          </Text>
          <Text size="sm" c="dimmed">
            {words.howItIsMeasured(measured === undefined ? words.many : measured.calls.toLocaleString("en"))}
          </Text>
        </div>
      </Stack>
    </Panel>
  );
}

/** What is no pattern, each once. */
function named(all: readonly string[]): string[] {
  return [...new Set(all)].filter((it) => !it.includes("*"));
}
