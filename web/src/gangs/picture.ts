// The picture of a graph with what it shows, from which run, when and by whom it was taken out written on it: a picture goes round without its page.

/** What is known of a picture. */
export interface About {
  title: string;
  run: string | undefined;
  rule: string | undefined;
  days: string;
  account: string;
  officer: string;
  organisation: string;
  at: string;
}

/** The lines above the graph, and the one below it. */
export function captions(about: About): { above: string[]; below: string } {
  const parts = [
    about.run && `筛查运行 ${about.run}`,
    about.rule && `规则 ${about.rule}`,
    about.days !== "—" && `明细日期 ${about.days}`,
  ];
  const who =
    about.officer && about.officer !== about.account ? `${about.officer} ${about.account}` : about.account;
  return {
    above: [about.title, parts.filter(Boolean).join("　")].filter(Boolean),
    below: `明察 导出人 ${who}（${about.organisation}） ${about.at} 仅限执法监督使用`,
  };
}

const LINE = 22;
const EDGE = 16;

/** The picture of `url` (a data URL of PNG) with its captions, as PNG. */
export async function captioned(url: string, about: About, font: string): Promise<Blob> {
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (one) => one.charCodeAt(0));
  const graph = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const scale = window.devicePixelRatio || 1;
  const { above, below } = captions(about);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas to draw on");
  const write = (size: number, bold = false) => {
    pen.font = `${bold ? "bold " : ""}${size * scale}px ${font}`;
    pen.fillStyle = "#1f2937";
    pen.textBaseline = "top";
  };
  write(16, true);
  const wide = [...above, below].map((line) => pen.measureText(line).width);
  const top = (EDGE + above.length * LINE) * scale;
  canvas.width = Math.ceil(Math.max(graph.width, ...wide) + 2 * EDGE * scale);
  canvas.height = Math.ceil(top + graph.height + (LINE + EDGE) * scale);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(graph, (canvas.width - graph.width) / 2, top);
  above.forEach((line, index) => {
    write(index === 0 ? 16 : 13, index === 0);
    pen.fillText(line, EDGE * scale, (EDGE / 2 + index * LINE) * scale);
  });
  write(13);
  pen.fillText(below, EDGE * scale, top + graph.height + (EDGE / 2) * scale);
  graph.close();
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("the picture is too large"))), "image/png");
  });
}
