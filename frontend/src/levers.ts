/** The levers of an idea. Its page shows the server's table without them. */
import "./elements/journey-levers/journey-levers-define";
