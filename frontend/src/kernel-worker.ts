/** The worker in which journeys run; its page goes on without the network. */
import "./wasm/worker";
