/** Draws what a phone shows as lines of text. */
import type { Block, Button } from "./blocks.ts";

/** The lines of a message, without a frame. */
export function drawn(blocks: Block[]): string[] {
  return blocks.flatMap(draw);
}

function draw(block: Block): string[] {
  switch (block.block) {
    case "text":
      return block.role === "subject"
        ? [`Subject: ${block.text}`]
        : block.text.split("\n");
    case "media":
      return [
        `[${block.kind ?? "media"}${
          block.name ? ` ${block.name}` : ""
        }] ${block.url}`,
      ];
    case "buttons":
      return block.buttons.map(buttonLine);
    case "list":
      return [
        `[≡ ${block.button}]`,
        ...block.sections.flatMap(({ title, rows }) => [
          ...title ? [`  ${title}`] : [],
          ...rows.flatMap(({ title, description }) => [
            `  ○ ${title}`,
            ...description ? [`    ${description}`] : [],
          ]),
        ]),
      ];
    case "cards":
      return block.cards.flatMap((card, at) =>
        drawn(card).map((line, row) =>
          `${row === 0 ? `${at + 1}.`.padEnd(4) : "    "}${line}`
        )
      );
    case "location": {
      const place = `${block.latitude}, ${block.longitude}`;
      return [
        block.title === place
          ? `[location] ${place}`
          : `[location] ${block.title} (${place})`,
        ...block.label ? [block.label] : [],
      ];
    }
    case "template":
      return [
        `[template] ${block.name}${
          block.language ? `, ${block.language}` : ""
        }`,
        ...Object.entries(block.parameters).map(([name, value]) =>
          `  ${name} = ${value}`
        ),
      ];
    case "raw":
      return [block.json];
  }
}

function buttonLine({ label, kind, target }: Button): string {
  return kind === "text" || !target ? `[${label}]` : `[${label}] ${target}`;
}
