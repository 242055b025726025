import { Stack } from "@mantine/core";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/delegations.tsx";
import { DelegationForm } from "./delegations/DelegationForm.tsx";
import { DelegationList } from "./delegations/DelegationList.tsx";

export function DelegationsPage() {
  const { me } = useDemo();
  return (
    <Stack gap="lg">
      <PageHead title={words.delegations} lead={words.delegationsHint} />
      <DelegationForm key={`form ${me.id}`} />
      <DelegationList key={`list ${me.id}`} />
    </Stack>
  );
}
