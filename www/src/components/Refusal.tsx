import { Text } from "@mantine/core";
import type { AccessError } from "access-engine";
import { Callout } from "./Callout.tsx";
import { Sentence } from "./Sentence.tsx";

/** What the engine said against a command or a question: its sentence, and its stable code. */
export function RefusalAlert({ error, title = "The engine refused" }: { error: Pick<AccessError, "code" | "message">; title?: string }) {
  return (
    <Callout alert tone="no" icon="cross" title={title}>
      <Text size="sm" component="p" m={0}>
        <Sentence clause={error.message} />
      </Text>
      <RefusalCode code={error.code} />
    </Callout>
  );
}

export function RefusalCode({ code }: { code: string }) {
  return (
    <Text span size="xs" c="dimmed">
      code <span className="code">{code}</span>
    </Text>
  );
}
