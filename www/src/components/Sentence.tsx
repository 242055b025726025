import { sentence } from "../words/lists.ts";

/** What the engine says, as a sentence; what it quotes in backticks is set as code. */
export function Sentence({ clause }: { clause: string }) {
  const pieces = sentence(clause).split("`");
  return (
    <span className="sentence">
      {pieces.map((piece, index) =>
        // Pieces between backticks have odd places; a text's pieces never change places.
        // oxlint-disable-next-line react/no-array-index-key
        index % 2 === 1 ? <code key={index}>{piece}</code> : <span key={index}>{piece}</span>,
      )}
    </span>
  );
}
