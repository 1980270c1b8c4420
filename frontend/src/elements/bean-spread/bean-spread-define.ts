import { BeanSpread } from "./bean-spread";

if (!customElements.get("bean-spread")) customElements.define("bean-spread", BeanSpread);
