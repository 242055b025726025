import { Stack } from "@mantine/core";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import { DelegationForm } from "./delegations/DelegationForm.tsx";
import { DelegationList } from "./delegations/DelegationList.tsx";

export function DelegationsPage() {
  const { me } = useDemo();
  return (
    <Stack gap="lg">
      <PageHead title="Delegations" lead="Let a delegate review in your place while you are away. The record shows both." />
      <DelegationForm key={`form ${me.id}`} />
      <DelegationList key={`list ${me.id}`} />
    </Stack>
  );
}
