"""What the tests' server processes run: `gunicorn tests.support.served:app`, and this file itself for the worker."""

from fieldapp import worker
from fieldapp.config import Config
from fieldapp.web import create_app

app = create_app(Config.from_environ())

if __name__ == "__main__":
    worker.main(app)
