import { Text } from "@mantine/core";
import { Link } from "../components/links.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";
import classes from "./Brand.module.css";

export function Brand() {
  return (
    <Link to="/" className={classes.brand} underline="never" c="inherit">
      <Mark name={useDemo().demo.name} />
    </Link>
  );
}

/** The sign, and whose requests these are. */
export function Mark({ name }: { name: string }) {
  return (
    <>
      <img src="./icon.svg" alt="" width={30} height={30} />
      <span className={classes.words}>
        <Text span fw={650} lh={1.15}>
          {name}
        </Text>
        <Text span size="xs" c="dimmed" lh={1.15}>
          {words.accessRequests}
        </Text>
      </span>
    </>
  );
}
