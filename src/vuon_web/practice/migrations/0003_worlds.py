"""A game keeps the world that it began in; those that were there before are games of the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("practice", "0002_games"),)
    operations = (
        migrations.AddField("game", "world", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("round", "world", models.PositiveSmallIntegerField(default=1)),
    )
