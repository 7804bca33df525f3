"""What somebody may do, named as noun and verb."""

from enum import StrEnum


class Permission(StrEnum):
    """One permission is one thing a person may do. Roles gather them; nothing else grants them."""

    SOURCE_READ = "source_read"
    SOURCE_IMPORT = "source_import"
    SOURCE_REFRESH = "source_refresh"
    MAPPING_BUILD = "mapping_build"
    MAPPING_VERIFY = "mapping_verify"
    REPORT_READ_DRAFT = "report_read_draft"
    REPORT_DRAFT = "report_draft"
    REPORT_CHECK = "report_check"
    REPORT_RELEASE = "report_release"
    REPORT_CORRECT = "report_correct"
