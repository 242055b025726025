import { useMounted } from "@mantine/hooks";
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from "react";
import { useFocusBack } from "../state/focus.ts";

/**
 * A dialog that is loaded when it is opened for the first time.
 *
 * It opens behind its first drawing: so it notes where the focus was, and gives it back there.
 */
export function whenOpened<P extends { opened: boolean }>(load: () => Promise<ComponentType<P>>) {
  const Loaded: ComponentType<P> = lazy(async () => ({ default: await load() }));
  return function WhenOpened(props: P) {
    const [wanted, setWanted] = useState(props.opened);
    if (props.opened && !wanted) setWanted(true);
    useFocusBack(props.opened);
    return (
      wanted && (
        <Suspense>
          <Drawn>{(drawn) => <Loaded {...props} opened={props.opened && drawn} />}</Drawn>
        </Suspense>
      )
    );
  };
}

function Drawn({ children }: { children: (drawn: boolean) => ReactNode }) {
  return children(useMounted());
}
