import { Stack } from "@mantine/core";
import { LinkButton } from "../components/links.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import * as words from "../words/pages/requests.ts";
import { Inbox } from "./requests/Inbox.tsx";
import { RequestList } from "./requests/RequestList.tsx";

export function RequestsPage() {
  return (
    <Stack gap="lg">
      <PageHead
        title={words.requests}
        lead={words.requestsLead}
        aside={
          <LinkButton to="/requests/new" leftSection={<Icon name="add" />}>
            {words.askForAccess}
          </LinkButton>
        }
      />
      <Inbox />
      <RequestList />
    </Stack>
  );
}
