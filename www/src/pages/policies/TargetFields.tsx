import { Checkbox, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { Panel } from "../../components/Panel.tsx";
import { useActions, useEnvironments, useFolders } from "../../state/folders.ts";
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
        <TextInput label="Name" withAsterisk value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} {...marks("name")} />
        <div>
          <TagsInput
            label="Environments"
            data={[...environments, "*"]}
            value={fields.noEnvironment ? [] : fields.environments}
            onChange={(chosen) => change({ environments: chosen })}
            disabled={fields.noEnvironment}
            {...marks("targets.environments", "Type a name and press Enter; * means every environment.")}
          />
          <Checkbox
            mt="xs"
            label="Outside every environment"
            checked={fields.noEnvironment}
            onChange={(event) => change({ noEnvironment: event.currentTarget.checked })}
          />
        </div>
        <div data-place="targets.paths">
          <TagsInput
            label="Paths"
            withAsterisk
            data={["/**", ...folders.map((it) => `${it}/**`)]}
            value={fields.paths}
            onChange={(paths) => change({ paths })}
            {...marks("targets.paths", "/payments/** means the folder and everything below; * matches inside one segment. Press Enter after each.")}
          />
        </div>
        <Switch label="All actions" checked={fields.allActions} onChange={(event) => change({ allActions: event.currentTarget.checked })} />
        {!fields.allActions && (
          <TagsInput label="Actions" data={[...actions]} value={fields.actions} onChange={(chosen) => change({ actions: chosen })} {...marks("actions")} />
        )}
      </Stack>
    </Panel>
  );
}
