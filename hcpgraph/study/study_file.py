"""The file behind a study, opened for each question or for several."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Final

from hcpgraph.memo import Memo
from hcpgraph.model.access import VIEWER, Access
from hcpgraph.study.open_study import open_study
from hcpgraph.study.progress import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hcpgraph.progress import Progress
    from hcpgraph.study.open_study import OpenStudy

_USER: Final = "HCPGRAPH_USER"


class StudyFile:
    """A study's file, and what was found in it as long as it stays as it is.

    Attributes:
        path: the file.
        access: who reads, and why.
        progress: told of long steps; None for whoever is told already.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        viewer: str | None = None,
        user: str | None = None,
        purpose: str | None = None,
        key: Path | str | None = None,
        on: date | None = None,
        progress: Progress | bool | None = None,
    ) -> None:
        self.path = Path(path)
        self.access = Access(
            VIEWER if viewer is None else viewer,
            os.environ.get(_USER) if user is None else user,
            purpose,
            None if key is None else Path(key),
            on,
        )
        self.progress = chosen(progress)
        self._memo = Memo()
        self._held = local()  # each thread opens the file for itself

    @contextmanager
    def opened(self) -> Iterator[OpenStudy]:
        """The study open for reading; all calls inside share one opening of it.

        Each call opens the file and closes it again by itself. Several calls inside
        are quicker, and nobody writes between them.

        Raises:
            NotAStudy: if there is no study there, or it is another kind of file.
            LockedStudy: if another process holds it.
        """
        held = getattr(self._held, "study", None)
        if held is not None:
            yield held
            return
        with open_study(self.path, self._memo, self.access) as opened:
            self._held.study = opened
            try:
                yield opened
            finally:
                self._held.study = None
