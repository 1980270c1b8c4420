"""From what people said and did to findings that hold: texts, passages, consent, the thread."""
