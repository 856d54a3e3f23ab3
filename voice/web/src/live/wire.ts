// Pipecat's protobuf frames, and the two ways the server says "stop playing", which the SDK's serializer does not know.
import { ProtobufFrameSerializer } from "@pipecat-ai/websocket-transport";

// Field 5 of the frame's oneof, length-delimited.
const INTERRUPTION_TAG = 0x2a;

type Parsed = Awaited<ReturnType<ProtobufFrameSerializer["deserialize"]>>;
const NOTHING = { type: "message", message: { id: "", label: "chronus", type: "nothing", data: null } } as Parsed;

export class Wire extends ProtobufFrameSerializer {
  constructor(private readonly onInterrupted: () => void, private readonly onAnything: () => void) {
    super();
  }

  override async deserialize(data: unknown): Promise<Parsed> {
    this.onAnything();
    if (data instanceof Blob && data.size < 64) {
      const head = new Uint8Array(await data.slice(0, 1).arrayBuffer());
      if (head[0] === INTERRUPTION_TAG) {
        this.onInterrupted();
        return NOTHING;
      }
    }
    const parsed = await super.deserialize(data);
    if (parsed.type === "message" && parsed.message.type === "bot-interrupted") {
      this.onInterrupted();
      return NOTHING;
    }
    return parsed;
  }
}
