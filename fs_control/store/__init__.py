"""The shell around PostgreSQL: directory, records, outbox, migrations, and the database in the box.

It must not know the other shells. Every URL it is given or hands out names its driver (`postgresql+psycopg2://`):
plain `postgresql://` means another driver to SQLAlchemy.
"""
