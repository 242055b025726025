import { Stack } from "@mantine/core";
import { LinkButton } from "../components/links.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Inbox } from "./requests/Inbox.tsx";
import { RequestList } from "./requests/RequestList.tsx";

export function RequestsPage() {
  return (
    <Stack gap="lg">
      <PageHead
        title="Requests"
        lead="Ask for access, let the right people agree, and see it end by itself. The engine decides all of it inside this page; there is no server."
        aside={
          <LinkButton to="/requests/new" leftSection={<Icon name="add" />}>
            Ask for access
          </LinkButton>
        }
      />
      <Inbox />
      <RequestList />
    </Stack>
  );
}
