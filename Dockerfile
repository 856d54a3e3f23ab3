# syntax=docker/dockerfile:1.7
# One image for the server, the workers and the timetable; docker-compose.yml says which is which.
ARG PYTHON=python:3.11.14-slim-bookworm

FROM node:24.18.0-bookworm-slim AS page
WORKDIR /chronus/voice/web
COPY voice/web/package.json voice/web/package-lock.json voice/web/.npmrc ./
RUN npm ci --silent --no-audit --no-fund
COPY voice/web/ ./
RUN npm run --silent build

FROM ${PYTHON} AS wheel
WORKDIR /chronus
COPY pyproject.toml README.md LICENSE ./
COPY agent/ agent/
COPY integrations/ integrations/
COPY jobs/ jobs/
COPY voice/ voice/
COPY --from=page /chronus/voice/web/dist/ voice/web/dist/
RUN python -m pip wheel --no-deps --wheel-dir /wheels .

FROM ${PYTHON} AS environment
# where torch for the CPU alone comes from, for an image of a third of the size; see docs/running.md
ARG PIP_EXTRA_INDEX_URL
RUN python -m venv /opt/chronus
COPY constraints.txt ./
COPY --from=wheel /wheels/ /wheels/
RUN --mount=type=cache,target=/var/cache/pip \
    /opt/chronus/bin/python -m pip install --cache-dir /var/cache/pip --constraint constraints.txt /wheels/chronus-*.whl

FROM ${PYTHON}
RUN useradd --system --uid 10001 --create-home chronus \
    && install --directory --owner chronus --group chronus --mode 0700 /data /data/briefings /weights
COPY --from=environment /opt/chronus /opt/chronus
ENV PATH=/opt/chronus/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CHRONUS_ENVIRONMENT=production \
    CHRONUS_DATA=/data \
    CHRONUS_WEIGHTS=/weights
USER 10001
WORKDIR /home/chronus
VOLUME ["/data", "/weights"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["chronus", "serve", "--host", "0.0.0.0"]
