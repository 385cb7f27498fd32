"""Schema migrations (alembic); they import nothing of ours."""
