"""The list of files, how far each mirror has read, and the triggers' functions."""

from django.db import migrations, models

FUNCTIONS = """
create function holdfast_changed() returns trigger language plpgsql as $$
begin
  new.changed_in := holdfast_transaction();
  return new;
end $$;

create function holdfast_gone() returns trigger language plpgsql as $$
begin
  insert into lake_gone ("table", row_id, gone_in)
  select tg_table_name, id, holdfast_transaction() from gone_rows;
  return null;
end $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("lib", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="LakeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60)),
                ("path", models.CharField(max_length=200, unique=True)),
                ("rows", models.BigIntegerField()),
                ("first_id", models.BigIntegerField(null=True)),
                ("last_id", models.BigIntegerField(null=True)),
                ("has_gone", models.BooleanField(default=False)),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("known_at", models.DateTimeField()),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["table"],
                        condition=models.Q(removed_at=None),
                        name="lake_file_listed",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Mirror",
            fields=[
                ("table", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("snapshot", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Gone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60)),
                ("row_id", models.BigIntegerField()),
                ("gone_in", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["table", "gone_in"], name="gone_by_table")]},
        ),
        migrations.RunSQL(
            FUNCTIONS, "drop function holdfast_changed(); drop function holdfast_gone();"
        ),
    ]
