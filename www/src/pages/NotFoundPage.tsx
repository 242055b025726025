import { Stack } from "@mantine/core";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import * as words from "../words/pages/error.ts";

export function NotFoundPage() {
  return (
    <Stack gap="md" align="flex-start">
      <PageHead title={words.thereIsNoSuchPage} lead={words.leadsNowhere} />
      <LinkButton to="/requests">{words.goToTheRequests}</LinkButton>
    </Stack>
  );
}
