import { Anchor, Button, type AnchorProps, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type AnchorAttributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps>;

interface Current {
  ref?: Ref<HTMLAnchorElement>;
  /** Whether what it leads to is shown beside it. */
  current?: boolean;
}

function PlainLink({ current, ...props }: AnchorProps & AnchorAttributes & Current) {
  return <Anchor {...props} aria-current={current || undefined} />;
}

type ButtonAttributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

function PlainButton({ ref, ...props }: ButtonProps & ButtonAttributes & { ref?: Ref<HTMLAnchorElement> }) {
  return <Button ref={ref} component="a" {...props} aria-current={undefined} />;
}

/** A link to another page of the demo: also what leads to the page above is not where one is. */
export const Link = createLink(PlainLink);
/** The same, looking like a button. */
export const LinkButton = createLink(PlainButton);
