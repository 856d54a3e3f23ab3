"""What Celery starts: `celery -A jobs.app worker` and `celery -A jobs.app beat`."""

from integrations.settings import Settings
from jobs import catalogue
from jobs.worker import worker_app

app = worker_app(Settings())  # a worker's process starts here

__all__ = ["app", "catalogue"]
