/* oxlint-disable react/no-array-index-key -- what is drawn never changes its order */
import { Anchor, Button } from "@mantine/core";
import * as words from "../../words/pages/outbox.tsx";
import type { SlackPost, SlackText } from "./forms.ts";
import classes from "./Mail.module.css";

/** What a channel of Slack is shown: the blocks, drawn plainly. */
export function Slack({ post }: { post: SlackPost }) {
  return (
    <section className={classes.slack} aria-label={words.theMessageInSlack}>
      {post.blocks.map((block) =>
        block.type === "rich_text"
          ? block.elements.map((text, index) => <Section key={index} text={text} />)
          : block.elements.map(({ text, url }) => (
              <Button key={url} component="a" href={url} size="xs" color="pine" mt="xs">
                {text.text}
              </Button>
            )),
      )}
    </section>
  );
}

function Section({ text: { type, elements } }: { text: SlackText }) {
  const Tag = type === "rich_text_quote" ? "blockquote" : "p";
  return (
    <Tag>
      {elements.map(({ text, url, style }, index) => (
        <span key={index} style={{ fontWeight: style?.bold && 650, fontStyle: style?.italic && "italic" }}>
          {url === undefined ? text : <Anchor href={url}>{url}</Anchor>}
        </span>
      ))}
    </Tag>
  );
}
