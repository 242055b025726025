import { Stack } from "@mantine/core";
import { LinkButton } from "../components/links.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useAnswer } from "../state/ask.ts";
import * as words from "../words/pages/requests.ts";
import { Inbox } from "./requests/Inbox.tsx";
import { RequestList } from "./requests/RequestList.tsx";

/** All requests; to whoever may see none, the reason once. */
export function RequestsPage() {
  const { error } = useAnswer(["any requests"], (engine, actor, now) => engine.requests(actor, { limit: 1 }, now));
  return (
    <Stack gap="lg">
      <PageHead
        title={words.requests}
        lead={error ? undefined : words.requestsLead}
        aside={
          !error && (
            <LinkButton to="/requests/new" leftSection={<Icon name="add" />}>
              {words.askForAccess}
            </LinkButton>
          )
        }
      />
      {error ? (
        <RefusalAlert error={error} />
      ) : (
        <>
          <Inbox />
          <RequestList />
        </>
      )}
    </Stack>
  );
}
