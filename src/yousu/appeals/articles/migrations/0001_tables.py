"""The articles as they stand."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleNow',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('number', models.IntegerField(unique=True)),
                ('version', models.IntegerField()),
                ('state', models.JSONField()),
                ('title_zh', models.TextField()),
                ('title_en', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('sources', models.JSONField(default=list)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('branches', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('unit', models.TextField(null=True)),
                ('valid_from', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('is_public', models.BooleanField()),
                ('is_withdrawn', models.BooleanField()),
            ],
            options={
                'db_table': 'article_now',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['branches'], name='article_branches'), django.contrib.postgres.indexes.GinIndex(fields=['pairs'], name='article_pairs'), models.Index(fields=['unit', 'valid_until'], name='article_unit')],
            },
        ),
    ]
