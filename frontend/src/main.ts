/** What makes our pages livelier. Every page works without it. */
import "./elements/bean-spread/bean-spread-define";
import "./elements/card-timer/card-timer-define";
import "./elements/game-pulse/game-pulse-define";
import "./elements/kept-choice/kept-choice-define";
import "./elements/long-wait/long-wait-define";
import "./elements/passkey-only/passkey-only-define";
import "./elements/saved-text/saved-text-define";
import { keepForms } from "./shared/keep";

keepForms();
