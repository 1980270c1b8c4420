"""Games take the place of single guesses; a guess that somebody left becomes a game of theirs."""

import secrets
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def keep_guesses(apps, schema_editor):
    """Nothing that somebody made is lost: a guess is a taster with its first beans laid."""
    game, step, player = (apps.get_model("practice", name) for name in ("Game", "Step", "Player"))
    for guess in apps.get_model("practice", "Guess").objects.all():
        made = game.objects.create(
            place=guess.place, mode="taster", seed=secrets.randbelow(2**62),
            begun=guess.made, touched=guess.made,
        )
        player.objects.create(game=made, actor_id=guess.actor_id, since=guess.made)
        step.objects.create(
            game=made, number=0, event={"kind": "beans", "beans": guess.beans},
            by_id=guess.actor_id, at=guess.made,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("practice", "0001_initial"),
        ("accounts", "0001_initial"),
        ("labs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=60)),
                ("mode", models.CharField(choices=[("taster", "taster"), ("full", "full")], max_length=8)),
                ("seed", models.BigIntegerField()),
                ("held", models.BooleanField(default=True)),
                ("opened", models.DateTimeField(default=django.utils.timezone.now)),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labs.session")),
            ],
            options={"ordering": ("-opened",)},
        ),
        migrations.CreateModel(
            name="Game",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=60)),
                ("mode", models.CharField(choices=[("taster", "taster"), ("full", "full")], max_length=8)),
                ("seed", models.BigIntegerField()),
                ("code", models.CharField(blank=True, max_length=6)),
                ("begun", models.DateTimeField(default=django.utils.timezone.now)),
                ("touched", models.DateTimeField(default=django.utils.timezone.now)),
                ("over", models.BooleanField(default=False)),
                ("forked_from", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="practice.game")),
                ("round", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="games", to="practice.round")),
                ("team", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labs.team")),
            ],
            options={
                "ordering": ("-touched",),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("code", ""), _negated=True), fields=("code",), name="a_game_code_once"),
                    models.UniqueConstraint(condition=models.Q(("team__isnull", False)), fields=("round", "team"), name="a_team_plays_a_round_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Player",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.actor")),
                ("game", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="players", to="practice.game")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("game", "actor"), name="play_once")]},
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("event", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="accounts.actor")),
                ("game", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="practice.game")),
            ],
            options={
                "ordering": ("number",),
                "constraints": [models.UniqueConstraint(fields=("game", "number"), name="a_step_once_a_game")],
            },
        ),
        migrations.CreateModel(
            name="Sentence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("changed", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.actor")),
                ("game", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practice.game")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("game", "actor"), name="a_sentence_each")]},
        ),
        migrations.RunPython(keep_guesses, migrations.RunPython.noop),
        migrations.DeleteModel(name="Guess"),
    ]
