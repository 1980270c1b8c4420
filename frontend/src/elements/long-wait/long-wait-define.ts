import { LongWait } from "./long-wait";

if (!customElements.get("long-wait")) customElements.define("long-wait", LongWait);
