"""PostgreSQL shows a team's sealed statistics to transactions that name it, as in ADR 11."""

from django.db import migrations

# NULL, no row, where nothing is named. "*" is for backups, and for the owner of the tables alone.
_NAMED = "(SELECT string_to_array(current_setting('klarsyn.teams', true), ','))::text[]"
_WHOLE = """(SELECT current_setting('klarsyn.teams', true) = '*' AND pg_has_role(relowner, 'USAGE')
    FROM pg_class WHERE oid = 'receptions_statisticskey'::regclass)"""
_POLICIES = {
    "receptions_statisticskey": f"team_id::text = ANY ({_NAMED}) OR {_WHOLE}",
    "receptions_statisticalrecord": "EXISTS (SELECT 1 FROM receptions_statisticskey k WHERE k.id = key_id)",
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
        ('receptions', '0003_statistics'),
    ]

    operations = [migrations.RunPython(hide)]
