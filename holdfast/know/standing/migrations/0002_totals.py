from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_words'),
        ('standing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Total',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('segment', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('unknown', 'Unknown')], max_length=7)),
                ('band', models.CharField(choices=[('unhealthy', 'Unhealthy'), ('not_so_healthy', 'Not So Healthy'), ('healthy', 'Healthy'), ('unknown', 'Unknown')], max_length=14)),
                ('accounts', models.BigIntegerField()),
                ('revenue_minor', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_by_segment',
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_by_band',
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_by_revenue',
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_by_health',
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_by_score',
        ),
        migrations.RemoveIndex(
            model_name='standing',
            name='standing_by_purchase',
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['segment', 'band', 'segment_score', 'account'], name='standing_by_score'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['segment', 'band', 'health', 'account'], name='standing_by_health'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['segment', 'band', 'revenue_365_minor', 'account'], name='standing_by_revenue'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['segment', 'band', 'last_purchase_on', 'account'], name='standing_by_purchase'),
        ),
        migrations.AddConstraint(
            model_name='total',
            constraint=models.UniqueConstraint(models.F('segment'), models.F('band'), name='total_is_one'),
        ),
        migrations.RunSQL(
            "insert into standing_total (segment, band, accounts, revenue_minor)"
            " select segment, band, count(*), sum(revenue_365_minor) from standing_standing"
            " group by segment, band",
            migrations.RunSQL.noop,
        ),
    ]
