import { Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Empty } from "../components/Empty.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useAnswer } from "../state/ask.ts";
import { PolicyCard } from "./policies/PolicyCard.tsx";

export function PoliciesPage() {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const filter = { limit: 200, ...(text.trim() === "" ? {} : { text: text.trim() }) };
  const { value, error } = useAnswer((engine, actor, now) => engine.policies(actor, filter, now));
  return (
    <Stack gap="lg">
      <PageHead
        title="Policies"
        lead="Who must agree to what. Where several cover the same, the most specific one decides."
        aside={
          value && (
            <AbilityButton ability={value.manage} onClick={() => void navigate({ to: "/policies/new" })} leftSection={<Icon name="add" size={16} />}>
              Make a policy
            </AbilityButton>
          )
        }
      />
      <TextInput
        label="Search"
        placeholder="Name or path"
        maw={420}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error && <RefusalAlert error={error} />}
      {value?.items.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} manage={value.manage} />
      ))}
      {value?.items.length === 0 && (
        <Empty title={text === "" ? "There are no policies: nothing can be asked for." : "No policy has this in its name or paths."}>
          {text === "" ? "An administrator makes the first one." : "Try a part of a path, such as /payments."}
        </Empty>
      )}
    </Stack>
  );
}
