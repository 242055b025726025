import { Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { isAccessError } from "access-engine";
import { RefusalAlert } from "../components/Refusal.tsx";
import { eraseEverything } from "../engine/open.ts";

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

/** The record of this browser cannot be opened: says why, and how to go on. */
export function OpeningFailed({ failure }: { failure: unknown }) {
  return (
    <Center mih="100dvh" p="lg">
      <Stack maw={520} gap="md">
        <Title order={1}>The demo could not be opened</Title>
        {isAccessError(failure) ? (
          <RefusalAlert error={failure} title="The engine says" />
        ) : (
          <Text>{failure instanceof Error ? failure.message : String(failure)}</Text>
        )}
        <Text c="dimmed">
          The record is kept in this browser&rsquo;s IndexedDB. Where a private window forbids that, a normal one works.
        </Text>
        <Button color="red" w="fit-content" onClick={() => void eraseEverything().then(() => location.reload())}>
          Throw away what is stored and start over
        </Button>
      </Stack>
    </Center>
  );
}
