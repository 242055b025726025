import { Drawer, Stack, Tabs, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import type { Call } from "../engine/calls.ts";
import { Code } from "../components/Code.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/calls.ts";
import { callCode } from "../words/code.ts";
import classes from "./Calls.module.css";
import { CommandCall } from "./CommandCall.tsx";
import { callTime } from "./callTime.ts";

/** What was just pressed, as the calls of the engine that it came to. */
export function CallsDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title={words.theCallJustMade} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": words.close }}>
      <Tabs defaultValue="commands" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="commands">{words.commands}</Tabs.Tab>
          <Tabs.Tab value="questions">{words.questions}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="commands">
          <Commands />
        </Tabs.Panel>
        <Tabs.Panel value="questions">
          <Questions />
        </Tabs.Panel>
      </Tabs>
    </Drawer>
  );
}

function Commands() {
  const { commands } = useCalls();
  if (commands.length === 0) return <Text c="dimmed">{words.noCommandSent}</Text>;
  return (
    <ol className={classes.calls} aria-label={words.commands}>
      {commands.map((call) => (
        <CommandCall key={call.number} call={call} />
      ))}
    </ol>
  );
}

function Questions() {
  const questions = distinct(useCalls().questions);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {words.questionsHint}
      </Text>
      <ol className={classes.calls} aria-label={words.questions}>
        {questions.map(({ code, call }) => (
          <li key={code} className={classes.call}>
            <Code label={call.name} text={code} />
            <Text size="xs" c="dimmed">
              {callTime(call)}
            </Text>
          </li>
        ))}
      </ol>
    </Stack>
  );
}

function useCalls() {
  const { calls } = useDemo().demo;
  useSyncExternalStore(calls.subscribe, calls.count);
  return calls;
}

/** The newest of those that are written the same; the time that a question is about does not tell them apart. */
function distinct(calls: readonly Call[]): { code: string; call: Call }[] {
  const seen = new Map<string, Call>();
  for (const call of calls) {
    const code = callCode(call.name, call.args.filter((it) => !isTime(it)), ASYNC.has(call.name));
    if (!seen.has(code)) seen.set(code, call);
  }
  return [...seen].map(([code, call]) => ({ code, call }));
}

const ASYNC: ReadonlySet<string> = new Set(["history", "verify"]);

function isTime(it: unknown): boolean {
  return typeof it === "object" && it !== null && Object.keys(it).join(",") === "at";
}
