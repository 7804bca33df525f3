"""As in 0003: PostgreSQL shows the counted requests of the teams that a transaction names."""

from django.db import migrations

_NAMED = "(SELECT string_to_array(current_setting('klarsyn.teams', true), ','))::text[]"
_WHOLE = """(SELECT current_setting('klarsyn.teams', true) = '*' AND pg_has_role(relowner, 'USAGE')
    FROM pg_class WHERE oid = 'cases_case'::regclass)"""


def hide(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in (
        "ALTER TABLE cases_requestcount ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_requestcount FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY rows_of_teams ON cases_requestcount USING (team_id::text = ANY ({_NAMED}) OR {_WHOLE})",
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_request_counts'),
    ]

    operations = [migrations.RunPython(hide)]
