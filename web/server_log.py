"""gunicorn's log, in lines of JSON; several workers write to one file, each line at once."""

import logging
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from gunicorn.glogging import Logger

from search.settings import Settings

from .clients import Clients
from .log_lines import EventLines, RequestLines

_FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_STDERR: Final = 2


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes a line for each request where the setting `access_log` says, and one for each event to stderr.

    The file is opened anew on USR1, as logrotate wants it.
    """

    def setup(self, cfg: Any) -> None:
        """Read the settings, as gunicorn does its own: at the start, and at every reload."""
        super().setup(cfg)
        settings = Settings.from_env()
        self._lines = RequestLines(settings, Clients(settings.trusted_proxies))
        for handler in self.error_log.handlers:
            handler.setFormatter(EventLines())
        ours, handler = logging.getLogger("izde"), logging.StreamHandler()
        handler.setFormatter(EventLines())
        ours.handlers[:], ours.propagate = [handler], False
        self._target = settings.access_log
        self._file = self._opened()  # last: what is wrong with it is a line like others

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:  # noqa: ARG002
        """Add the line of a request that was answered."""
        status = str(resp.status or "0").split(None, 1)[0]
        self.request(environ, int(status), resp.sent or 0, request_time.total_seconds() * 1000)

    def request(self, environ: dict[str, Any], status: int, sent: int, ms: float) -> None:
        """Add the line of a request. A log that cannot be written stops no request."""
        if self._file is not None:
            with suppress(OSError):
                os.write(self._file, self._lines.line(environ, status, sent, ms))

    def reopen_files(self) -> None:
        """Write to the file that has the name now."""
        super().reopen_files()
        before, self._file = self._file, self._opened()
        if before not in (None, _STDERR):
            os.close(before)

    def _opened(self) -> int | None:
        """What lines are written to, if any are."""
        if self._target in ("", "off"):
            return None
        if self._target == "stderr":
            return _STDERR
        try:
            return os.open(Path(self._target), _FLAGS, 0o640)
        except OSError as error:
            self.error_log.warning("%s: the access log cannot be written: %s", self._target, error.strerror)
            return None
