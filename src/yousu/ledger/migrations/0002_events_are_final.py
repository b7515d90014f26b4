"""Refuses UPDATE and DELETE on what happened, whoever asks."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """A row trigger; TRUNCATE stays with the owner, and the server's role has no right to it."""

    dependencies: ClassVar = [("ledger", "0001_tables")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'rows of % are final', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER event_is_final BEFORE UPDATE OR DELETE ON event
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER position_is_final BEFORE UPDATE OR DELETE ON event_position
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER seal_is_final BEFORE UPDATE OR DELETE ON seal
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
            """,
            """
            DROP TRIGGER event_is_final ON event;
            DROP TRIGGER position_is_final ON event_position;
            DROP TRIGGER seal_is_final ON seal;
            DROP FUNCTION refuse_change();
            """,
        )
    ]
