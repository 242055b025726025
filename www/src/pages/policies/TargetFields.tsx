import { Checkbox, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { Panel } from "../../components/Panel.tsx";
import { useActions, useEnvironments, useFolders } from "../../state/folders.ts";
import * as words from "../../words/pages/policies.tsx";
import type { AboutFields } from "./fields.ts";
import type { Marks } from "./marks.tsx";

interface Props {
  title: string;
  fields: AboutFields;
  marks: Marks;
  change: (change: Partial<AboutFields>) => void;
}

/** What a policy or a permission is about. */
export function TargetFields({ title, fields, marks, change }: Props) {
  const folders = useFolders();
  const environments = useEnvironments();
  const actions = useActions();
  return (
    <Panel title={title}>
      <Stack gap="md">
        <TextInput label={words.name} withAsterisk value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} {...marks("name")} />
        <div>
          <TagsInput
            label={words.environments}
            data={[...environments, "*"]}
            value={fields.noEnvironment ? [] : fields.environments}
            onChange={(chosen) => change({ environments: chosen })}
            disabled={fields.noEnvironment}
            {...marks("targets.environments", words.environmentsHint)}
          />
          <Checkbox
            mt="xs"
            label={words.outsideEveryEnvironment}
            checked={fields.noEnvironment}
            onChange={(event) => change({ noEnvironment: event.currentTarget.checked })}
          />
        </div>
        <div data-place="targets.paths">
          <TagsInput
            label={words.paths}
            withAsterisk
            data={["/**", ...folders.map((it) => `${it}/**`)]}
            value={fields.paths}
            onChange={(paths) => change({ paths })}
            {...marks("targets.paths", words.pathsHint)}
          />
        </div>
        <Switch label={words.allActions} checked={fields.allActions} onChange={(event) => change({ allActions: event.currentTarget.checked })} />
        {!fields.allActions && (
          <TagsInput label={words.actions} data={[...actions]} value={fields.actions} onChange={(chosen) => change({ actions: chosen })} {...marks("actions")} />
        )}
      </Stack>
    </Panel>
  );
}
