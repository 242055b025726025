import { useDemo } from "../state/demo.tsx";
import * as words from "../words/controls.tsx";
import { sentence } from "../words/lists.ts";
import { withLocalTimes } from "../words/time.ts";
import { Link } from "./links.tsx";

/** What the engine says, as a sentence: times as the page has them, what it quotes by name or set as code. */
export function Sentence({ clause }: { clause: string }) {
  const pieces = sentence(withLocalTimes(clause)).split("`");
  return (
    <span className="sentence">
      {pieces.map((piece, index) =>
        // Pieces between backticks have odd places; a text's pieces never change places.
        // oxlint-disable-next-line react/no-array-index-key
        index % 2 === 1 ? <Quoted key={index} text={piece} /> : <span key={index}>{piece}</span>,
      )}
    </span>
  );
}

/** Ids are for programs: who or what has a name or a page is shown by it. */
function Quoted({ text }: { text: string }) {
  const { directory } = useDemo().demo;
  const name = directory.subjects.get(text)?.name ?? directory.groups.get(text)?.name;
  if (name !== undefined) return name;
  if (/^req_\d/u.test(text)) {
    return (
      <Link to="/requests/$requestId" params={{ requestId: text }} inherit>
        {words.thisRequest}
      </Link>
    );
  }
  if (/^grt_\d/u.test(text)) {
    return (
      <Link to="/access" inherit>
        {words.underMyAccess}
      </Link>
    );
  }
  return <code>{text}</code>;
}
