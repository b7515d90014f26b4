"""Requests about personal data as they stand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DataRequestNow',
            fields=[
                ('number', models.IntegerField(primary_key=True, serialize=False)),
                ('version', models.IntegerField()),
                ('state', models.JSONField()),
                ('sort', models.TextField()),
                ('stage', models.TextField()),
                ('person_id', models.UUIDField()),
                ('case_number', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'data_request_now',
                'indexes': [models.Index(fields=['case_number', '-number'], name='data_request_case'), models.Index(condition=models.Q(('decided_at', None)), fields=['due_at', 'number'], name='data_request_open'), models.Index(fields=['-decided_at'], name='data_request_decided')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('person_id', 'sort'), name='data_request_once')],
            },
        ),
    ]
