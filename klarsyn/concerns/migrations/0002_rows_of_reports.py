"""A draft is shown to its code; a report to its team, and to its code for reading alone; see ADR 16."""

from django.db import migrations

_TEAMS = "(SELECT string_to_array(current_setting('klarsyn.teams', true), ','))::text[]"
_CODES = "(SELECT string_to_array(current_setting('klarsyn.code', true), ','))::text[]"
_WHOLE = """(SELECT current_setting('klarsyn.teams', true) = '*' AND pg_has_role(relowner, 'USAGE')
    FROM pg_class WHERE oid = 'concerns_concernreport'::regclass)"""
_OF_TEAM = f"team_id::text = ANY ({_TEAMS}) OR {_WHOLE}"
_POLICIES = (
    # One that has expired is anybody's to delete: its bytes open with its code alone.
    ("concerns_reportdraft", "rows_of_codes", f"USING (tag = ANY ({_CODES}) OR expires_on < CURRENT_DATE OR {_WHOLE})"),
    ("concerns_concernreport", "rows_of_teams", f"USING ({_OF_TEAM})"),
    ("concerns_concernreport", "rows_of_codes", f"FOR SELECT USING (tag = ANY ({_CODES}))"),
    ("concerns_concernreport", "sent_by_code", f"FOR INSERT WITH CHECK (tag = ANY ({_CODES}))"),
    (
        "concerns_reportact", "rows_of_teams",
        "USING (EXISTS (SELECT 1 FROM concerns_concernreport r WHERE r.id = report_id"
        f" AND (r.team_id::text = ANY ({_TEAMS}) OR {_WHOLE})))",
    ),
)


def hide(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in dict.fromkeys(table for table, _name, _rule in _POLICIES):
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", params=None)
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY", params=None)
    for table, name, rule in _POLICIES:
        schema_editor.execute(f"CREATE POLICY {name} ON {table} {rule}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('concerns', '0001_concern_reports'),
    ]

    operations = [migrations.RunPython(hide)]
