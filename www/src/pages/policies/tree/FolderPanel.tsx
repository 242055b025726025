import { Group, Stack, Text } from "@mantine/core";
import { Beginning } from "../../../components/Beginning.tsx";
import { Exclusions } from "../../../components/Exclusions.tsx";
import { ForeseenSteps } from "../../../components/ForeseenSteps.tsx";
import { Icon } from "../../../components/icons.tsx";
import { LinkButton } from "../../../components/links.tsx";
import { Panel } from "../../../components/Panel.tsx";
import { Part } from "../../../components/Part.tsx";
import { useManage, usePolicy } from "../../../state/policies.ts";
import { durationWords } from "../../../words/duration.ts";
import { RIVAL } from "../../../words/reasons.ts";
import { capitalized } from "../../../words/lists.ts";
import * as words from "../../../words/pages/policies.tsx";
import { targetWords } from "../../../words/target.ts";
import { PolicySteps } from "../PolicySteps.tsx";
import { type Folder, patternOf } from "./folders.ts";
import { HereNow } from "./HereNow.tsx";
import { useGovernance } from "./useGovernance.ts";

/** What is decided about a folder, by which policy, and why not by others. */
export function FolderPanel({ folder, action }: { folder: Folder; action: string }) {
  const manage = useManage();
  const governance = useGovernance(folder, action);
  const terms = usePolicy(governance?.policy?.id)?.terms;
  const target = patternOf(folder);
  if (governance === undefined) return null;
  const { policy, exclusions, rivals, steps, maxDurationSeconds } = governance;
  const inside = new Set(exclusions.map(({ policyId }) => policyId));
  const others = rivals.filter((rival) => !inside.has(rival.policy.id));
  return (
    <Panel title={capitalized(targetWords(target))} hint={words.whoDecides(action)}>
      <Stack gap="md">
        <Part title={policy?.name ?? words.noPolicyGoverns}>
          {policy === undefined && <Text size="sm">{rivals.length === 0 ? words.nothingCanBeAskedFor : words.askForItsParts}</Text>}
          {policy !== undefined && (
            <Text size="sm" c="dimmed" mb="xs">
              {maxDurationSeconds === undefined ? words.noTimeLimit : words.longest(durationWords(maxDurationSeconds))}
            </Text>
          )}
          {terms === undefined ? <ForeseenSteps steps={steps} /> : <PolicySteps terms={terms} />}
        </Part>
        {exclusions.length > 0 && (
          <Part title={words.notThis}>
            <Exclusions exclusions={exclusions} />
          </Part>
        )}
        {others.length > 0 && (
          <Part title={words.otherPoliciesThatCoverIt}>
            <Beginning of={others}>
              {(some) =>
                some.map((rival) => (
                  <Text key={rival.policy.id} size="sm">
                    {rival.policy.name}
                    <Text span c="dimmed">{`: ${RIVAL[rival.because]}`}</Text>
                  </Text>
                ))
              }
            </Beginning>
          </Part>
        )}
        <HereNow folder={folder} />
        {manage.allowed && (
          <Group gap="xs">
            {policy !== undefined && (
              <LinkButton size="xs" to="/policies/$policyId" params={{ policyId: policy.id }} leftSection={<Icon name="pencil" size={14} />}>
                {words.editThisPolicy}
              </LinkButton>
            )}
            <LinkButton size="xs" variant="default" to="/policies/new" search={target} leftSection={<Icon name="add" size={14} />}>
              {words.newPolicyForThisFolder}
            </LinkButton>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
