from django.db import migrations


class Migration(migrations.Migration):
    """Keeps the words of an entry in its own row.

    Thousands of rows are compared in a search; fetching the words of each from a table of large values
    would take twice as long.
    """

    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE documents_searchentry SET (toast_tuple_target = 8160)",
            reverse_sql="ALTER TABLE documents_searchentry RESET (toast_tuple_target)",
        ),
    ]
