/** A map that is changed by hand. Its page works without it. */
import "./elements/journey-map/journey-map-define";
