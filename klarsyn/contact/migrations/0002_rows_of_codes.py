"""PostgreSQL shows a visitor's rows to who names the team, or the code that they hang on; see ADR 12."""

from django.db import migrations

# NULL, no row, where nothing is named. "*" is for backups, and for the owner of the tables alone.
_TEAMS = "(SELECT string_to_array(current_setting('klarsyn.teams', true), ','))::text[]"
_CODES = "(SELECT string_to_array(current_setting('klarsyn.code', true), ','))::text[]"
_WHOLE = """(SELECT current_setting('klarsyn.teams', true) = '*' AND pg_has_role(relowner, 'USAGE')
    FROM pg_class WHERE oid = 'contact_access'::regclass)"""
_POLICIES = {
    "contact_access": f"team_id::text = ANY ({_TEAMS}) OR tag = ANY ({_CODES}) OR {_WHOLE}",
    "contact_thread": "EXISTS (SELECT 1 FROM contact_access a WHERE a.id = access_id AND a.team_id = contact_thread.team_id)",
    "contact_message": "EXISTS (SELECT 1 FROM contact_thread t WHERE t.id = thread_id)",
    "contact_attachment": "EXISTS (SELECT 1 FROM contact_message m WHERE m.id = message_id)",
}


def hide(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, condition in _POLICIES.items():
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY rows_of_codes ON {table} USING ({condition})",
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0001_initial'),
    ]

    operations = [migrations.RunPython(hide)]
