import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guess",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=60)),
                ("beans", models.JSONField()),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.actor")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor", "place"), name="one_guess_a_place")],
            },
        ),
    ]
