import { Autocomplete, Group, Stack, Text } from "@mantine/core";
import type { AccessQuery, Decision } from "access-engine";
import { useState } from "react";
import { Callout } from "../../components/Callout.tsx";
import { errorOf } from "../../components/errors.tsx";
import { LinkButton } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Countdown, When } from "../../components/When.tsx";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { useActions, useEnvironments, useFolders } from "../../state/folders.ts";
import { durationWords } from "../../words/duration.ts";
import { sentence } from "../../words/lists.ts";
import { DECISION } from "../../words/reasons.ts";
import { prefill } from "../../state/prefill.ts";
import * as words from "../../words/pages/access.tsx";

/** Asks `evaluate` about one action on one resource; offers the request where access can be asked for. */
export function CanI() {
  const { me, demo } = useDemo();
  const folders = useFolders();
  const knownEnvironments = useEnvironments();
  const knownActions = useActions();
  const [action, setAction] = useState("read");
  const [path, setPath] = useState(demo.isSample ? "/payments/stripe" : (folders[0] ?? "/"));
  const [environment, setEnvironment] = useState(demo.isSample ? "production" : (knownEnvironments[0] ?? ""));
  const place = environment.trim() === "" ? {} : { environment: environment.trim() };
  const query: AccessQuery = { subject: { subject: me.id }, action: action.trim(), resource: { ...place, path: path.trim() } };
  const { value: decision, error } = useAnswer(["can I", query], (engine, _actor, now) => engine.evaluate(query, now));
  const ofAction = errorOf(error, "action");
  const ofPath = errorOf(error, "resource.path");
  const ofEnvironment = errorOf(error, "resource.environment");
  return (
    <Panel title={words.canI} hint={words.canIHint}>
      <Stack gap="md">
        <Group gap="sm" align="flex-start">
          <Autocomplete label={words.action} data={[...knownActions]} value={action} onChange={setAction} flex="1 1 7rem" error={ofAction} />
          <Autocomplete label={words.path} data={folders} value={path} onChange={setPath} flex="3 1 14rem" error={ofPath} />
          <Autocomplete
            label={words.environment}
            placeholder={words.noEnvironment}
            data={[...knownEnvironments]}
            value={environment}
            onChange={setEnvironment}
            flex="2 1 9rem"
            error={ofEnvironment}
          />
        </Group>
        <div aria-live="polite">
          {error && !(ofAction ?? ofPath ?? ofEnvironment) && <RefusalAlert error={error} title={words.theEngineCannotAnswerThis} />}
          {decision && <DecisionAlert decision={decision} query={query} />}
        </div>
      </Stack>
    </Panel>
  );
}

function DecisionAlert({ decision, query }: { decision: Decision; query: AccessQuery }) {
  const { resource, action } = query;
  const { requestable } = decision;
  const target = { path: resource.path, ...(resource.environment === undefined ? {} : { environment: resource.environment }) };
  return (
    <Callout
      tone={decision.decision ? "yes" : "wait"}
      icon={decision.decision ? "check" : "lock"}
      title={decision.decision ? words.yes : words.no}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {sentence(DECISION[decision.reason])}
          {decision.decision && decision.until === undefined && words.itDoesNotEnd}
          {decision.until !== undefined && (
            <>
              {" "}
              {words.forMoreUntil(<Countdown until={decision.until} />, <When at={decision.until} as="date" />)}
            </>
          )}
        </Text>
        {requestable && (
          <>
            <Text size="sm">
              {words.letsYouAsk(requestable.policy.name, requestable.maxDurationSeconds === undefined ? words.withNoTimeLimit : words.forAtMost(durationWords(requestable.maxDurationSeconds)))}
            </Text>
            <LinkButton to="/requests/new" search={prefill(target, [typeof action === "string" ? action : action.name])} size="sm">
              {words.askForIt}
            </LinkButton>
          </>
        )}
        {!decision.decision && !requestable && (
          <Text size="sm" c="dimmed">
            {words.cannotBeAskedFor}
          </Text>
        )}
      </Stack>
    </Callout>
  );
}
