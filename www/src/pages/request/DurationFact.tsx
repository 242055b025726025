import { Group, Stack, Text } from "@mantine/core";
import type { DurationEdit, Explanation } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Icon } from "../../components/icons.tsx";
import { When } from "../../components/When.tsx";
import { durationWords } from "../../words/duration.ts";
import * as words from "../../words/pages/request.tsx";
import { EditDurationForm } from "./EditDurationForm.tsx";

/** The duration in force, what it was before, and Edit beside it. */
export function DurationFact({ explanation: { request, you } }: { explanation: Explanation }) {
  const [editing, form] = useDisclosure();
  return (
    <Stack gap="xs" align="stretch">
      <Group gap="sm" align="flex-start">
        <Text fw={600} mt={4}>
          {durationWords(request.durationSeconds)}
        </Text>
        {you?.editDuration.allowed && (
          <AbilityButton
            ability={you.editDuration}
            onClick={form.toggle}
            expanded={editing}
            aria-keyshortcuts="e"
            size="xs"
            variant="default"
            leftSection={<Icon name="pencil" size={14} />}
          >
            {words.edit}
          </AbilityButton>
        )}
      </Group>
      {editing && you?.editDuration.allowed && <EditDurationForm request={request} onClose={form.close} />}
      {request.edits.map((edit) => (
        <Edit key={edit.at} edit={edit} name={request.people[edit.editor] ?? edit.editor} />
      ))}
    </Stack>
  );
}

function Edit({ edit, name }: { edit: DurationEdit; name: string }) {
  return (
    <Text size="sm" c="dimmed">
      {words.shortenedIt(name, durationWords(edit.beforeSeconds), durationWords(edit.afterSeconds), edit.note)}
      <When at={edit.at} as="distance" />
    </Text>
  );
}
