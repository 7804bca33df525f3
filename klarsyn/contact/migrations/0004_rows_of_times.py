"""Booked times, reminders, cards and calls are shown to who names the team, or the code they hang on; ADR 12."""

from django.db import migrations

_TEAMS = "(SELECT string_to_array(current_setting('klarsyn.teams', true), ','))::text[]"
_WHOLE = """(SELECT current_setting('klarsyn.teams', true) = '*' AND pg_has_role(relowner, 'USAGE')
    FROM pg_class WHERE oid = 'contact_access'::regclass)"""
_OF_CODE = "EXISTS (SELECT 1 FROM contact_access a WHERE a.id = access_id AND a.team_id = {table}.team_id)"
_OF_TEAM = f"team_id::text = ANY ({_TEAMS}) OR {_WHOLE}"
# A call hangs on no code: a visitor whose card is of the team may add one, and sees none.
_ADDED = "EXISTS (SELECT 1 FROM contact_access a WHERE a.team_id = contact_callrequest.team_id)"
_POLICIES = {
    "contact_booking": (_OF_CODE.format(table="contact_booking"), ""),
    "contact_card": (_OF_CODE.format(table="contact_card"), ""),
    "contact_reminder": ("EXISTS (SELECT 1 FROM contact_booking b WHERE b.id = booking_id)", ""),
    "contact_callrequest": (_OF_TEAM, f"{_OF_TEAM} OR {_ADDED}"),
}


def hide(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, (shown, added) in _POLICIES.items():
        check = f" WITH CHECK ({added})" if added else ""
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY rows_of_codes ON {table} USING ({shown}){check}",
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0003_times_and_cards'),
    ]

    operations = [migrations.RunPython(hide)]
