"""Every error that hcpgraph raises on purpose.

The hierarchy, which the command line turns into one-line messages:

* HcpgraphError
  - ExportError             an input file is not what it claims to be
      UnknownFormat         nothing hcpgraph reads looks like this file
        UnreadFormat        it is known by name, and not read
          PrivateMessages   it holds what people wrote to each other
      MissingColumns        a table lacks columns that its format needs
      MissingLayer          nothing says what kind of ties a table holds
      ForbiddenColumn       a table holds what must never be kept of a person
      RejectedRows          too many of its rows are unusable
      AlreadyImported       this very file is in the study
      VocabularyError       a vocabulary of disease areas cannot be used
      MappingError          a mapping of columns cannot be used
  - StoreError              the study cannot be opened, read or written
      LockedStudy           another process holds it
      NewerStudy            a later version of hcpgraph or DuckDB wrote it
      NotAStudy             the file is something else
      FullDisk              there was no room to write
      UnusableContent       what was to be written does not fit the tables
  - UnknownName             a name that the study or the toolkit does not have
      UnknownArea, UnknownAccount, UnknownMeasure, UnknownFile, UnknownViewer
  - AmbiguousAccount        a name that several accounts bear
  - AmbiguousPerson         a name that several people may be called by
  - UnmatchedList           nobody of an exclusion list is in the study
  - ThinHistory             too little past to check a ranking on
  - ThinRecord              too little past to foretell anything from
  - InfeasibleLimits        no list of people keeps all its limits at once
  - GraphError              the arrays do not describe a graph
  - NotConverged            an iterative measure ran out of iterations
  - EngineError             the chosen engine cannot do what was asked
      UnsupportedMeasure
  - OutputError             a result cannot be written to its file
  - UnreadableOutput        a result cannot be read back from its file
  - FigureError             there is nothing to draw, or no such file kind
  - KeyFileError            the key of hashes cannot be read
  - ConsentKeyError         the key of consent that waits for its people is not given
  - SuppressionKeyError     the key of erased people is not at hand
  - UnknownPurpose          a viewer does not read for this purpose
  - WithheldColumn          a filter would tell of what a viewer may not see
  - WithheldList            a viewer may see no column of a list
  - TrailError              the audit trail cannot be read or continued
  - PolicyFileError         a policy cannot be used
  - MissingExtra            an optional library is not installed

Wrong arguments from a caller stay ``ValueError`` and ``TypeError``: they are
bugs to fix, not conditions to handle.
"""

from __future__ import annotations

from hcpgraph.errors.base import (
    HcpgraphError,
)
from hcpgraph.errors.computing import (
    EngineError,
    GraphError,
    InfeasibleLimits,
    NotConverged,
    ThinHistory,
    ThinRecord,
    UnsupportedMeasure,
)
from hcpgraph.errors.gate import (
    ConsentKeyError,
    KeyFileError,
    PolicyFileError,
    SuppressionKeyError,
    TrailError,
    UnknownPurpose,
    UnknownViewer,
    WithheldColumn,
    WithheldList,
)
from hcpgraph.errors.imports import (
    AlreadyImported,
    ExportError,
    ForbiddenColumn,
    MappingError,
    MissingColumns,
    MissingLayer,
    PrivateMessages,
    RejectedRows,
    UnknownFormat,
    UnreadFormat,
    VocabularyError,
)
from hcpgraph.errors.lookups import (
    AmbiguousAccount,
    AmbiguousPerson,
    UnknownAccount,
    UnknownArea,
    UnknownFile,
    UnknownMeasure,
    UnknownName,
    UnmatchedList,
)
from hcpgraph.errors.results import (
    FigureError,
    MissingExtra,
    OutputError,
    UnreadableOutput,
)
from hcpgraph.errors.studies import (
    FullDisk,
    LockedStudy,
    NewerStudy,
    NotAStudy,
    StoreError,
    UnusableContent,
)

__all__ = [
    "AlreadyImported",
    "AmbiguousAccount",
    "AmbiguousPerson",
    "ConsentKeyError",
    "EngineError",
    "ExportError",
    "FigureError",
    "ForbiddenColumn",
    "FullDisk",
    "GraphError",
    "HcpgraphError",
    "InfeasibleLimits",
    "KeyFileError",
    "LockedStudy",
    "MappingError",
    "MissingColumns",
    "MissingExtra",
    "MissingLayer",
    "NewerStudy",
    "NotAStudy",
    "NotConverged",
    "OutputError",
    "PolicyFileError",
    "PrivateMessages",
    "RejectedRows",
    "StoreError",
    "SuppressionKeyError",
    "ThinHistory",
    "ThinRecord",
    "TrailError",
    "UnknownAccount",
    "UnknownArea",
    "UnknownFile",
    "UnknownFormat",
    "UnknownMeasure",
    "UnknownName",
    "UnknownPurpose",
    "UnknownViewer",
    "UnmatchedList",
    "UnreadFormat",
    "UnreadableOutput",
    "UnsupportedMeasure",
    "UnusableContent",
    "VocabularyError",
    "WithheldColumn",
    "WithheldList",
]
