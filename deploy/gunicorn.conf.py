"""The web server, the same on a laptop, in the tests and in production.

Threads wait for the database while others compute; recycled processes give memory back.
"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Not preloaded: after SIGHUP every worker reads the new code while the old ones finish their requests.
preload_app = False
max_requests = 2000
max_requests_jitter = 200
timeout = 30
graceful_timeout = 30
# Longer than nginx keeps an idle connection, so that nginx never writes into a closed one.
keepalive = 75
# The heartbeat file of a worker must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - one line of configuration
# Whom X-Forwarded-Proto is believed from; in Compose only nginx can reach this port.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
control_socket_disable = True
# Requests are logged by the portal itself, without addresses and without personal data.
accesslog = None
errorlog = "-"
loglevel = "warning"
reload = os.environ.get("DEBUG") == "1"
