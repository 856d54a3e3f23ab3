// A streamed answer, event by event.

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

// `alive` is told of everything that comes, also of the empty lines that only show that the line still stands.
export async function* events(body: ReadableStream<Uint8Array>, alive: () => void = () => undefined): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    alive();
    rest = (rest + (value ?? "")).replace(/\r\n?/g, "\n");
    let end: number;
    while ((end = rest.indexOf("\n\n")) >= 0) {
      const found = parse(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (found) yield found;
    }
    if (done) break;
  }
  const last = parse(rest);
  if (last) yield last;
}

function parse(block: string): ServerEvent | null {
  let id = "";
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("id:")) id = line.slice(3).trim();
    else if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return data.length ? { id, event, data: data.join("\n") } : null;
}
