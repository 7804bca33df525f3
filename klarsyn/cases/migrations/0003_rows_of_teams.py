"""PostgreSQL shows the client rows of the teams a transaction names, also to their owner; see ADR 11."""

from django.db import migrations

# NULL, no row, where nothing is named. "*" is for backups, and for the owner of the tables alone.
_NAMED = "(SELECT string_to_array(current_setting('klarsyn.teams', true), ','))::text[]"
_WHOLE = """(SELECT current_setting('klarsyn.teams', true) = '*' AND pg_has_role(relowner, 'USAGE')
    FROM pg_class WHERE oid = 'cases_case'::regclass)"""
_POLICIES = {
    "cases_case": f"team_id::text = ANY ({_NAMED}) OR {_WHOLE}",
    "cases_keywrap": "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)",
    "cases_sealedrecord": "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)",
}


def hide(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, condition in _POLICIES.items():
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY rows_of_teams ON {table} USING ({condition})",
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_reads'),
        ('people', '0005_hsa_id'),
    ]

    operations = [migrations.RunPython(hide)]
