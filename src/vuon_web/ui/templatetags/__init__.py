"""Words of the templates; `ui` is loaded everywhere."""
