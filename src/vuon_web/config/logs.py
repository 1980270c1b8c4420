"""Logs without anybody's words: of an error they keep the kind and the place, not the message."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class WithoutWords(logging.Formatter):
    """One line with time, level and logger; for an exception its class and where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        told = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if not record.exc_info or not record.exc_info[1]:
            return f"{told}: {record.msg % () if not record.args else record.msg}"
        error = record.exc_info[1]
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[:-9:-1]
        )
        return f"{told}: {type(error).__name__} at {places}"
