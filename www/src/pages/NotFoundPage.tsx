import { Stack } from "@mantine/core";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";

export function NotFoundPage() {
  return (
    <Stack gap="md" align="flex-start">
      <PageHead title="There is no such page" lead="The address leads nowhere in this demo." />
      <LinkButton to="/requests">Go to the requests</LinkButton>
    </Stack>
  );
}
