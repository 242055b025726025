import { Text } from "@mantine/core";
import type { Call } from "../engine/calls.ts";
import { Code } from "../components/Code.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/calls.ts";
import { counted, sentence } from "../words/lists.ts";
import { callCode } from "../words/code.ts";
import { callTime } from "./callTime.ts";
import classes from "./Calls.module.css";

/** A command as code, and what came of it. */
export function CommandCall({ call }: { call: Call }) {
  const { name, args, receipt, error } = call;
  return (
    <li className={classes.call}>
      <Code label={name} text={callCode(name, args, true)} />
      <dl className="facts">
        <dt>{words.took}</dt>
        <dd>{callTime(call)}</dd>
        {error && (
          <>
            <dt>{words.refused}</dt>
            <dd>
              <code className="code">{error.code}</code> {sentence(error.message)}
            </dd>
          </>
        )}
        {receipt && <Committed version={receipt.version} events={receipt.events} />}
      </dl>
    </li>
  );
}

function Committed({ version, events }: { version: number; events: readonly { type: string }[] }) {
  const { calls } = useDemo().demo;
  return (
    <>
      <dt>{words.commit}</dt>
      <dd>{version}</dd>
      <dt>{words.itsHash}</dt>
      <dd className="code">{calls.hashOf(version)}</dd>
      <dt>{counted(events.length, "event")}</dt>
      <dd>
        {events.map((event, index) => (
          // An event of a commit is known by its place in it.
          // oxlint-disable-next-line react/no-array-index-key
          <details key={index} className={classes.event}>
            <summary className="code">{event.type}</summary>
            <Code label={event.type} text={JSON.stringify(event, null, 2)} />
          </details>
        ))}
        {events.length === 0 && <Text size="sm">{words.nothingToDo}</Text>}
      </dd>
    </>
  );
}
