import { Button, Center, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { isAccessError } from "access-engine";
import { Callout } from "../components/Callout.tsx";
import { RefusalCode } from "../components/Refusal.tsx";
import { eraseEverything } from "../engine/open.ts";
import { sentence } from "../words/lists.ts";

export function OpeningPage() {
  return (
    <Center mih="100dvh" p="lg">
      <Stack align="center" gap="sm">
        <Loader type="dots" />
        <Text c="dimmed" component="output">
          Opening the engine in this page…
        </Text>
      </Stack>
    </Center>
  );
}

/** The demo cannot be opened: says why, and how to go on. */
export function OpeningFailed({ failure }: { failure: unknown }) {
  const again = <Button onClick={() => location.reload()}>Try again</Button>;
  return (
    <Center mih="100dvh" p="lg">
      <Stack maw={520} gap="md" component="main">
        <Title order={1}>The demo could not be opened</Title>
        {isAccessError(failure) ? (
          <>
            <Callout alert tone="no" icon="cross" title="The engine says">
              <Text size="sm">{sentence(failure.message)}</Text>
              <RefusalCode code={failure.code} />
            </Callout>
            <Text c="dimmed">It is about the record, which is kept in this browser. Another try loses nothing.</Text>
            <Group gap="sm">
              {again}
              <Button color="red" variant="outline" onClick={() => void eraseEverything().then(() => location.reload())}>
                Throw away what is stored and start over
              </Button>
            </Group>
          </>
        ) : (
          <>
            <Text>{`The engine did not load: ${failure instanceof Error ? failure.message : String(failure)}`}</Text>
            <Text c="dimmed">
              It is a WebAssembly file beside this page. A lost connection, a blocker or a very old browser can be why.
              Nothing that is stored was touched.
            </Text>
            <Group>{again}</Group>
          </>
        )}
      </Stack>
    </Center>
  );
}
