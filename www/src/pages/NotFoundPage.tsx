import { Stack } from "@mantine/core";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";

export function NotFoundPage() {
  return (
    <Stack gap="md" align="flex-start">
      <PageHead title="There is no such page" lead="This address leads nowhere in the demo." />
      <LinkButton to="/requests">Go to the requests</LinkButton>
    </Stack>
  );
}
