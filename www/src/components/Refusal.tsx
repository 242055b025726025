import { Text } from "@mantine/core";
import * as words from "../words/controls.tsx";
import { refusalWords, type Refusal } from "../words/refusals.ts";
import { Callout } from "./Callout.tsx";
import { Sentence } from "./Sentence.tsx";

type Refused = Pick<Refusal, "code" | "message" | "details">;

/** What the engine said against a command or a question: its sentence, and its stable code. */
export function RefusalAlert({ error, title = words.theEngineRefused }: { error: Refused; title?: string }) {
  return (
    <Callout alert tone="no" icon="cross" title={title}>
      <Text size="sm" component="p" m={0}>
        <Sentence clause={refusalWords(error)} />
      </Text>
      <RefusalCode code={error.code} />
    </Callout>
  );
}

export function RefusalCode({ code }: { code: string }) {
  return (
    <Text span size="xs" c="dimmed">
      {words.code(<span className="code">{code}</span>)}
    </Text>
  );
}
