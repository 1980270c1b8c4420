import { JourneyLevers } from "./journey-levers";

if (!customElements.get("journey-levers")) customElements.define("journey-levers", JourneyLevers);
