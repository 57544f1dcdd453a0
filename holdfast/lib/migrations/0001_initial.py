"""Functions that columns and triggers of every app stand on (lib.mirrored, lib.append_only)."""

from django.db import migrations


class Migration(migrations.Migration):
    """Two functions, so that a default or a refusal is the same call in every table."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            # Stable: it cannot change within a statement.
            "CREATE FUNCTION holdfast_transaction() RETURNS bigint LANGUAGE sql STABLE"
            " AS 'SELECT pg_catalog.pg_current_xact_id()::text::bigint'",
            "DROP FUNCTION holdfast_transaction()",
        ),
        migrations.RunSQL(
            "CREATE FUNCTION holdfast_refuse_change() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RAISE EXCEPTION 'Rows of % are written once.', TG_TABLE_NAME"
            " USING ERRCODE = 'restrict_violation'; END$$",
            "DROP FUNCTION holdfast_refuse_change()",
        ),
    ]
