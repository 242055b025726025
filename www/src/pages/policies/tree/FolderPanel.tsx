import { Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { AbilityButton } from "../../../components/AbilityButton.tsx";
import { Exclusions } from "../../../components/Exclusions.tsx";
import { ForeseenSteps } from "../../../components/ForeseenSteps.tsx";
import { Icon } from "../../../components/icons.tsx";
import { Panel } from "../../../components/Panel.tsx";
import { Part } from "../../../components/Part.tsx";
import { useEveryPolicy, useManage } from "../../../state/policies.ts";
import { durationWords } from "../../../words/duration.ts";
import { RIVAL } from "../../../words/reasons.ts";
import { sentence } from "../../../words/lists.ts";
import { targetWords } from "../../../words/target.ts";
import { PolicySteps } from "../PolicySteps.tsx";
import { type Folder, patternOf } from "./folders.ts";
import { HereNow } from "./HereNow.tsx";
import { useGovernance } from "./useGovernance.ts";

/** What is decided about a folder, by which policy, and why not by others. */
export function FolderPanel({ folder, action }: { folder: Folder; action: string }) {
  const navigate = useNavigate();
  const { allowed } = useManage();
  const governance = useGovernance(folder, action);
  const policies = useEveryPolicy().value ?? [];
  const target = patternOf(folder);
  if (governance === undefined) return null;
  const { policy, exclusions, rivals, steps, maxDurationSeconds } = governance;
  const terms = policies.find(({ id }) => id === policy?.id)?.terms;
  return (
    <Panel title={sentence(targetWords(target)).slice(0, -1)} hint={`Who decides about “${action}” here, as the engine would decide a request.`}>
      <Stack gap="md">
        <Part title={policy?.name ?? "No policy governs all of it"}>
          {policy === undefined && <Text size="sm">{rivals.length === 0 ? "Nothing can be asked for." : "Its parts can be asked for one by one."}</Text>}
          {policy !== undefined && (
            <Text size="sm" c="dimmed" mb="xs">
              {maxDurationSeconds === undefined ? "Also for good" : `At most ${durationWords(maxDurationSeconds)}`}
            </Text>
          )}
          {terms === undefined ? <ForeseenSteps steps={steps} /> : <PolicySteps terms={terms} />}
        </Part>
        {exclusions.length > 0 && (
          <Part title="Left out">
            <Exclusions exclusions={exclusions} />
          </Part>
        )}
        {rivals.length > 0 && (
          <Part title="Also about it">
            {rivals.map((rival) => (
              <Text key={rival.policy.id} size="sm">
                {rival.policy.name}
                <Text span c="dimmed">{`: ${RIVAL[rival.because]}`}</Text>
              </Text>
            ))}
          </Part>
        )}
        <HereNow folder={folder} />
        <Group gap="xs" align="flex-start">
          {policy !== undefined && (
            <AbilityButton
              ability={{ allowed }}
              size="xs"
              aria-label={`Edit ${policy.name}`}
              onClick={() => void navigate({ to: "/policies/$policyId", params: { policyId: policy.id } })}
              leftSection={<Icon name="pencil" size={14} />}
            >
              Edit
            </AbilityButton>
          )}
          <AbilityButton
            ability={{ allowed }}
            size="xs"
            variant="default"
            onClick={() => void navigate({ to: "/policies/new", search: target })}
            leftSection={<Icon name="add" size={14} />}
          >
            New policy for this folder
          </AbilityButton>
        </Group>
      </Stack>
    </Panel>
  );
}
