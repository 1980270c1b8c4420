import { GamePulse } from "./game-pulse";

if (!customElements.get("game-pulse")) customElements.define("game-pulse", GamePulse);
