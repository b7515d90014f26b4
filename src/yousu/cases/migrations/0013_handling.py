"""When a case was given, contacted, sent back, parked, cleared, and whether it repeats: for the figures of units."""

from typing import Any, ClassVar

from django.db import migrations, models

# The latest such fact up to each version that was not undone by then; what was given to nobody ends a giving.
FILLED = """
CREATE TEMP TABLE fact ON COMMIT DROP AS
SELECT split_part(e.stream, '/', 2) AS number, e.seq, e.occurred_at AS at, e.data::jsonb AS data,
       coalesce(u.seq, 2147483647) AS undone_at,
       CASE e.kind WHEN 'contacted' THEN 'contacted' WHEN 'sent_back' THEN 'sent_back' WHEN 'merged' THEN 'merged'
                   WHEN 'parked' THEN 'parked' WHEN 'unparked' THEN 'cleared' ELSE 'given' END AS what,
       e.kind
FROM event e LEFT JOIN event u ON u.stream = e.stream AND u.undone_seq = e.seq
WHERE e.stream LIKE 'appeal/%' AND (
    e.kind IN ('forwarded', 'designated', 'reopened', 'unmerged', 'succeeded',
               'contacted', 'sent_back', 'merged', 'parked', 'unparked')
    OR e.kind = 'send_back_judged' AND (e.data::jsonb->>'upheld')::boolean
    OR e.kind = 'unsolved_judged' AND e.data::jsonb->>'lead_unit' IS NOT NULL);
INSERT INTO fact
SELECT split_part(e.stream, '/', 2), e.seq, e.occurred_at, e.data::jsonb, coalesce(u.seq, 2147483647), 'parked', e.kind
FROM event e LEFT JOIN event u ON u.stream = e.stream AND u.undone_seq = e.seq
WHERE e.kind = 'unsolved_judged' AND e.data::jsonb->>'decision' = 'park';
CREATE INDEX ON fact (number, what, seq);
ANALYZE fact;
CREATE TEMP TABLE handled ON COMMIT DROP AS
SELECT v.number, v.seq,
       CASE WHEN m.seq IS NULL OR m.seq < g.seq THEN g.given_at END AS given_at,
       CASE WHEN m.seq IS NULL OR m.seq < g.seq THEN c.at END AS contacted_at,
       b.unit AS sent_back_by, coalesce(r.repeats, false) AS repeats, p.at AS parked_at,
       CASE WHEN k.seq > p.last THEN k.at END AS cleared_at
FROM case_version v
LEFT JOIN LATERAL (
    SELECT f.seq, CASE WHEN f.data->>'lead_unit' IS NOT NULL THEN f.at END AS given_at FROM fact f
    WHERE f.number = v.number AND f.what = 'given' AND f.seq <= v.seq AND f.undone_at > v.seq
    ORDER BY f.seq DESC LIMIT 1) g ON true
LEFT JOIN LATERAL (
    SELECT f.seq FROM fact f
    WHERE f.number = v.number AND f.what = 'merged' AND f.seq <= v.seq AND f.undone_at > v.seq
    ORDER BY f.seq DESC LIMIT 1) m ON true
LEFT JOIN LATERAL (
    SELECT f.at FROM fact f
    WHERE f.number = v.number AND f.what = 'contacted' AND f.seq BETWEEN g.seq AND v.seq AND f.undone_at > v.seq
    ORDER BY f.seq LIMIT 1) c ON true
LEFT JOIN LATERAL (
    SELECT f.data->>'unit' AS unit FROM fact f
    WHERE f.number = v.number AND f.what = 'sent_back' AND f.seq <= v.seq AND f.undone_at > v.seq
      -- What a unit sent back inside its tree did not come back to the desk.
      AND NOT EXISTS (SELECT FROM event i WHERE i.stream = 'appeal/' || v.number AND i.kind = 'forwarded_inside'
                      AND i.seq BETWEEN g.seq AND f.seq)
    ORDER BY f.seq DESC LIMIT 1) b ON true
LEFT JOIN LATERAL (
    SELECT f.what = 'merged' AND f.data->>'how' = 'repeat' AS repeats FROM fact f
    WHERE f.number = v.number AND (f.what = 'merged' OR f.kind IN ('unmerged', 'succeeded'))
      AND f.seq <= v.seq AND f.undone_at > v.seq
    ORDER BY f.seq DESC LIMIT 1) r ON true
LEFT JOIN LATERAL (
    SELECT f.at, f.seq FROM fact f
    WHERE f.number = v.number AND f.what = 'cleared' AND f.seq <= v.seq AND f.undone_at > v.seq
    ORDER BY f.seq DESC LIMIT 1) k ON true
LEFT JOIN LATERAL (
    SELECT min(f.at) AS at, max(f.seq) AS last FROM fact f
    WHERE f.number = v.number AND f.what = 'parked' AND f.seq <= v.seq AND f.undone_at > v.seq
      -- Since when: the first of those since the last clearing before it.
      AND f.seq > coalesce((
        SELECT max(o.seq) FROM fact o WHERE o.number = v.number AND o.what = 'cleared' AND o.undone_at > v.seq
          AND o.seq < (SELECT max(l.seq) FROM fact l WHERE l.number = v.number AND l.what = 'parked'
                       AND l.seq <= v.seq AND l.undone_at > v.seq)), 0)) p ON true
WHERE v.kind = 'appeal' AND EXISTS (SELECT FROM fact f WHERE f.number = v.number);
UPDATE case_version v SET
    given_at = h.given_at, given_day = (h.given_at AT TIME ZONE %(zone)s)::date, contacted_at = h.contacted_at,
    sent_back_by = h.sent_back_by, repeats = h.repeats,
    parked_day = (h.parked_at AT TIME ZONE %(zone)s)::date, cleared_day = (h.cleared_at AT TIME ZONE %(zone)s)::date
FROM handled h WHERE v.number = h.number AND v.seq = h.seq;
UPDATE case_now n SET state = jsonb_build_object('handling', jsonb_build_object(
    'given_at', replace(to_char(h.given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z'),
    'contacted_at', replace(to_char(h.contacted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z'),
    'sent_back_by', h.sent_back_by, 'repeats', h.repeats,
    'parked_at', replace(to_char(h.parked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z'))) || n.state
FROM handled h
WHERE n.number = h.number AND n.version = h.seq AND n.kind = 'appeal' AND NOT n.state ? 'handling';
UPDATE case_now SET state = '{"handling": {"given_at": null, "contacted_at": null, "sent_back_by": null,
    "repeats": false, "parked_at": null}}'::jsonb || state
WHERE kind = 'appeal' AND NOT state ? 'handling';
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """In one go: who upgrades waits once, and no figure is half a truth."""
    from yousu.platform import environment

    zone = environment.text("YOUSU_TIME_ZONE")
    with schema_editor.connection.cursor() as cursor:
        for statement in FILLED.split(";\n"):
            cursor.execute(statement, {"zone": zone} if "%(zone)s" in statement else None)


class Migration(migrations.Migration):
    """Columns first, then what is known, then what finds it."""

    dependencies: ClassVar = [("cases", "0012_levels_and_parts"), ("ledger", "0005_attachments")]
    operations: ClassVar = [
        migrations.AddField("caseversion", "given_at", models.DateTimeField(null=True)),
        migrations.AddField("caseversion", "given_day", models.DateField(null=True)),
        migrations.AddField("caseversion", "contacted_at", models.DateTimeField(null=True)),
        migrations.AddField("caseversion", "sent_back_by", models.TextField(null=True)),
        migrations.AddField("caseversion", "repeats", models.BooleanField(default=False)),
        migrations.AddField("caseversion", "parked_day", models.DateField(null=True)),
        migrations.AddField("caseversion", "cleared_day", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "caseversion", models.Index(fields=["kind", "given_day"], name="case_version_given"),
        ),
        migrations.AddIndex(
            "caseversion",
            models.Index(
                fields=["kind", "parked_day"],
                name="case_version_parked",
                condition=models.Q(parked_day__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "caseversion",
            models.Index(
                fields=["known_to"],
                name="case_version_running",
                condition=models.Q(stage__in=["forwarded", "signed", "sent_back"], due_at__isnull=False),
            ),
        ),
    ]
