import { JourneyMap } from "./journey-map";

if (!customElements.get("journey-map")) customElements.define("journey-map", JourneyMap);
