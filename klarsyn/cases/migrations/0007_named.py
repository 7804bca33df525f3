from django.db import migrations, models
from django.utils import timezone

from klarsyn.cases.policy import NAMED_FOR
from klarsyn.people.rows import ALL, SETTING


def name_who_sealed(apps, schema_editor):
    """A case that is sealed already stays there for whoever sealed it, as the log says; others are named anew."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, ALL])
    last = (timezone.localdate() + NAMED_FOR).isoformat()
    # On the connection that migrates: where the owner of the tables does, the site's own would wait for it for ever.
    cases = apps.get_model("cases", "Case").objects.using(connection.alias)
    events = apps.get_model("base", "AuditEvent").objects.using(connection.alias)
    for case in cases.filter(is_sealed=True):
        lines = events.filter(action="case.seal", object=str(case.pk))
        case.named = {who: last for who in lines.values_list("actor", flat=True)}
        case.save(using=connection.alias, update_fields=["named"])


class Migration(migrations.Migration):

    dependencies = [
        ("base", "0001_audit"),
        ("cases", "0006_disposal"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="named",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(name_who_sealed, migrations.RunPython.noop),
    ]
