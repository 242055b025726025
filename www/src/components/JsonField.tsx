import { Textarea, type TextareaProps } from "@mantine/core";

/** A field for JSON, which grows with it. */
export function JsonField(props: TextareaProps) {
  return <Textarea autosize minRows={2} maxRows={12} spellCheck={false} styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }} {...props} />;
}
