# The portal for production. The first stage installs the pinned packages, the second holds only what runs.
# amd64: the Polish analyser (morfeusz2) is published for this architecture only.
FROM --platform=linux/amd64 python:3.11-slim-bookworm AS packages

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements/production.txt /tmp/production.txt
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary=:all: -r /tmp/production.txt \
    && /opt/venv/bin/pip check


FROM --platform=linux/amd64 python:3.11-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    BIND=0.0.0.0:8000

RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/portal
COPY . .
# Only uploads and the notes of the scheduler are written at run time; the code belongs to root.
RUN DJANGO_SETTINGS_MODULE=portal.settings.base python manage.py collectstatic --no-input --verbosity 0 \
    && install --directory --owner=portal --group=portal --mode=0750 var/media var/run var/erased

USER portal
EXPOSE 8000
ENTRYPOINT ["python", "deploy/entrypoint.py"]
CMD ["web"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "deploy/healthcheck.py", "web"]
