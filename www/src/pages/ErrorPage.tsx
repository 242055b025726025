import { Button, Stack, Text } from "@mantine/core";
import { isAccessError } from "access-engine";
import { PageHead } from "../components/PageHead.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import * as words from "../words/pages/error.ts";

/** A page that could not be drawn. */
export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Stack gap="md" align="flex-start">
      <PageHead title={words.couldNotBeShown} />
      {isAccessError(error) ? <RefusalAlert error={error} /> : <Text>{error instanceof Error ? error.message : String(error)}</Text>}
      <Button onClick={reset}>{words.tryAgain}</Button>
    </Stack>
  );
}
