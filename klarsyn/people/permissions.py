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
    FEDERATION_IMPORT = (
        "federation_import"  # take in another municipality's released figures, and trust its key
    )
    COMPARISON_PROPOSE = "comparison_propose"  # propose that a comparison with others is shown to the public
    COMPARISON_AGREE = "comparison_agree"  # agree to what somebody else has proposed
    CASE_READ = "case_read"
    CASE_WRITE = "case_write"
    CASE_UNSEAL = "case_unseal"  # the compartment with name and number, with a reason
    CASE_EXPORT = "case_export"
    SEALED_LIST = "sealed_list"  # that a sealed case is there
    SEALED_BREAK = "sealed_break"  # break its seal for an hour, with a reason the head is told
    SEALED_READ = "sealed_read"  # read it while the seal is broken
    SEALED_NAME = "sealed_name"  # name who may open a sealed case, without opening it
    CASE_ALLOW_MORE = "case_allow_more"  # agree that a colleague opens more cases than an hour allows
    RETENTION_READ = "retention_read"  # which closed cases fall due, by number
    CASE_DISPOSE = "case_dispose"  # decide that a case somebody else has proposed is erased
    WORKLOAD_READ = "workload_read"  # how much a reception carries, as numbers
    LEAVE_CHANGE = "leave_change"  # when a counsellor is away, and who covers
    READS_SIGN_OFF = "reads_sign_off"
    READS_OF_HEADS = "reads_of_heads"  # readings by a head, where no other head could look through them
    CONCERN_READ = "concern_read"  # open concern reports about children
    CONCERN_WRITE = "concern_write"  # note assessment and decision, hand over, tell the reporter
    CONCERN_REGISTER = "concern_register"  # that a report came and was handed over, never what it says
    TEAM_READ = "team_read"  # who holds the team's key
    TEAM_CHANGE = "team_change"  # share the key with a colleague, or take it from one
    ROLE_CHANGE = "role_change"
    TIMES_CHANGE = "times_change"  # which times visitors may book
    CARD_MAKE = "card_make"  # print cards with a code that is good once
    CONTACT_COUNT = "contact_count"  # how many cards, times and calls a month, never whose
    RECEPTION_CHANGE = "reception_change"  # what the public is told of a reception
    TALLY_READ = "tally_read"  # a reception's counts without names
    TALLY_WRITE = "tally_write"
    OBSERVATION_WRITE = "observation_write"  # log a sign without persons; see one's own unit's counts
    EVENT_READ = "event_read"  # the calendar of fairs and large events
    EVENT_WRITE = "event_write"
    STATISTICS_COUNT = "statistics_count"  # open what was told of a year, and keep the counts alone
    UNIT_CHANGE = "unit_change"  # which units there are, who heads them, what is asked of roles
    COURSE_EXPORT = "course_export"  # a course as a package for a learning platform
    COURSE_PREVIEW = "course_preview"  # look at a course that is being written, and at its faults
    ATTITUDE_MEASURE = "attitude_measure"  # ask a group without names, and see what changed as counts
    PLAN_READ = "plan_read"  # motions, decisions, the plan and its measures, also what is not published
    PLAN_REGISTER = "plan_register"  # enter motions, consultations and decisions
    PLAN_CHANGE = "plan_change"  # the plan, its measures and their milestones
    PLAN_REVIEW = "plan_review"  # review the measures of one's own unit
    PLAN_PUBLISH = "plan_publish"
    YEAR_READ = "year_read"  # the year's wheel, what the law asks, the routines
    YEAR_CHANGE = "year_change"  # set its days, note what there is, keep the routines
    COOPERATION_READ = "cooperation_read"  # what is agreed and done with the police, as counts
    COOPERATION_WRITE = "cooperation_write"
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
        Permission.SEALED_NAME,
        Permission.CASE_ALLOW_MORE,
        Permission.RETENTION_READ,
        Permission.CASE_DISPOSE,
        Permission.WORKLOAD_READ,
        Permission.LEAVE_CHANGE,
        Permission.READS_SIGN_OFF,
        Permission.READS_OF_HEADS,
        Permission.CONCERN_READ,
        Permission.CONCERN_WRITE,
        Permission.TEAM_READ,
        Permission.TEAM_CHANGE,
        Permission.STATISTICS_COUNT,
        Permission.ROLE_CHANGE,
        Permission.LOG_READ,
        Permission.ESCROW_OPEN,
    }
)
# Whoever holds one of these in a team may be let in to the team's key: what the team has is opened with it.
OPENS = frozenset({Permission.CASE_READ, Permission.CONCERN_READ})
