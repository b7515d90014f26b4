"""Samples and the cases in them as they stand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='InspectedItem',
            fields=[
                ('pk', models.CompositePrimaryKey('name', 'item', blank=True, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('item', models.TextField()),
                ('points', models.IntegerField()),
                ('of_points', models.IntegerField()),
            ],
            options={
                'db_table': 'inspected_item',
            },
        ),
        migrations.CreateModel(
            name='InspectionNow',
            fields=[
                ('number', models.IntegerField(primary_key=True, serialize=False)),
                ('version', models.IntegerField()),
                ('state', models.JSONField()),
                ('sort', models.TextField()),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('drawn_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'inspection_now',
            },
        ),
        migrations.CreateModel(
            name='InspectedNow',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False)),
                ('sample', models.IntegerField()),
                ('case_number', models.TextField()),
                ('person', models.TextField()),
                ('stage', models.TextField()),
                ('version', models.IntegerField()),
                ('state', models.JSONField(null=True)),
                ('points', models.IntegerField(null=True)),
                ('of_points', models.IntegerField(null=True)),
                ('scored_day', models.DateField(null=True)),
            ],
            options={
                'db_table': 'inspected_now',
                'indexes': [models.Index(fields=['sample', 'name'], name='inspected_sample'), models.Index(fields=['person', '-scored_day'], name='inspected_person'), models.Index(fields=['scored_day'], name='inspected_day')],
            },
        ),
    ]
