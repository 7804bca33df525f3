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
    CASE_READ = "case_read"
    CASE_WRITE = "case_write"
    CASE_UNSEAL = "case_unseal"  # the compartment with name and number, with a reason
    CASE_EXPORT = "case_export"
    SEALED_LIST = "sealed_list"  # that a sealed case is there
    SEALED_BREAK = "sealed_break"  # break its seal for an hour, with a reason the head is told
    SEALED_READ = "sealed_read"  # read it while the seal is broken
    CASE_ALLOW_MORE = "case_allow_more"  # agree that a colleague opens more cases than an hour allows
    READS_SIGN_OFF = "reads_sign_off"
    TEAM_READ = "team_read"  # who holds the team's key
    TEAM_CHANGE = "team_change"  # share the key with a colleague, or take it from one
    ROLE_CHANGE = "role_change"
    RECEPTION_CHANGE = "reception_change"  # what the public is told of a reception
    LOG_READ = "log_read"
    LOG_ROOT_READ = "log_root_read"  # the week's words, to be entered in the municipality's diary
    ESCROW_OPEN = "escrow_open"


# Whoever holds one of these signs in with a second factor, always.
GUARDED = frozenset(
    {
        Permission.CASE_READ,
        Permission.CASE_WRITE,
        Permission.CASE_UNSEAL,
        Permission.CASE_EXPORT,
        Permission.SEALED_LIST,
        Permission.SEALED_BREAK,
        Permission.SEALED_READ,
        Permission.CASE_ALLOW_MORE,
        Permission.READS_SIGN_OFF,
        Permission.TEAM_READ,
        Permission.TEAM_CHANGE,
        Permission.ROLE_CHANGE,
        Permission.LOG_READ,
        Permission.ESCROW_OPEN,
    }
)
