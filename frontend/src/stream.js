// One connection to /live/, which comes back by itself: after 1, 2, 4 … 30 seconds, never all at the same moment.
const LONGEST = 30_000;
const EVENTS = ["case", "desk", "presence"];

export class Stream {
  /** `tell` receives {kind: "event", name, data} and {kind: "state", up, missed}. */
  constructor(address, tell) {
    this.address = address;
    this.tell = tell;
    this.failures = 0;
    this.up = null;
    this.connect();
  }

  connect() {
    this.source = new EventSource(this.address);
    this.source.addEventListener("open", () => this.cameUp());
    this.source.addEventListener("error", () => this.wentDown());
    for (const name of EVENTS) {
      this.source.addEventListener(name, ({ data }) => this.tell({ kind: "event", name, data: JSON.parse(data || "{}") }));
    }
  }

  cameUp() {
    const missed = this.failures > 0;
    this.failures = 0;
    this.up = true;
    this.tell({ kind: "state", up: true, missed });
  }

  wentDown() {
    this.source.close();
    this.failures += 1;
    this.up = false;
    this.tell({ kind: "state", up: false });
    const wait = Math.min(1000 * 2 ** (this.failures - 1), LONGEST) * (0.75 + Math.random() / 2);
    setTimeout(() => this.connect(), wait);
  }
}
