import { CardTimer } from "./card-timer";

if (!customElements.get("card-timer")) customElements.define("card-timer", CardTimer);
