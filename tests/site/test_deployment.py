"""What production is made of: image, services, commands, edge, settings, and that the papers name them all."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from local.commands import COMMANDS, command

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_SERVICES = ("web", "worker", "beat", "migrate")
LASTING_SERVICES = ("nginx", "web", "worker", "beat", "postgres", "redis")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(read("docker-compose.yml"))


def services(compose: dict) -> dict[str, dict]:
    return compose["services"]


# --- image ---------------------------------------------------------------------------------------


def docker_lines() -> list[str]:
    """Instructions of the Dockerfile, continued lines joined."""
    joined = read("Dockerfile").replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def test_image_runs_as_a_person_without_rights():
    users = [line.split()[1] for line in docker_lines() if line.startswith("USER ")]
    assert users[-1:] == ["portal"]
    assert docker_lines().index("USER portal") > max(
        number for number, line in enumerate(docker_lines()) if line.startswith(("COPY", "RUN"))
    )


def test_image_installs_only_packages_with_known_hashes():
    installs = [line for line in docker_lines() if "pip install" in line]
    assert installs
    assert all(
        "--require-hashes" in line and "requirements/production.txt" in read("Dockerfile")
        for line in installs
    )
    pins = re.findall(r"^[\w.\[\]-]+==\S+.*\\$", read("requirements/production.txt"), re.MULTILINE)
    assert len(pins) > 30


def test_image_says_how_it_is():
    assert any(line.startswith("HEALTHCHECK") and "healthcheck.py" in line for line in docker_lines())


def test_image_gets_only_what_runs():
    left_in = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert read(".dockerignore").splitlines()[1] == "*"
    assert not left_in & {"demo", "local", "tests", "bench", "var", ".env"}
    missing = [name for name in left_in if not (ROOT / name).exists() and name != "LICENSE"]
    assert missing == []


def test_every_app_is_in_the_image(settings):
    ours = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    left_in = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert ours - {"demo"} <= left_in


# --- services ------------------------------------------------------------------------------------


def test_every_lasting_service_has_a_health_check(compose):
    for name in LASTING_SERVICES:
        assert services(compose)[name]["healthcheck"]["test"], name


def test_every_image_has_a_version(compose):
    images = {name: service["image"] for name, service in services(compose).items()}
    from_dockerfile = [
        line.split()[-1 if " AS " not in line else -3] for line in docker_lines() if "FROM " in line
    ]
    for image in [*images.values(), *from_dockerfile]:
        tag = image.partition(":")[2]
        assert tag, image
        assert "latest" not in tag, image


def test_services_run_the_commands_of_the_demo(compose):
    """Both take them from deploy/commands.json; here only the names may stand."""
    for name in OUR_SERVICES:
        assert services(compose)[name]["command"] == [name]
        assert name in COMMANDS
        assert command(name)[-len(COMMANDS[name]) + 1 :] == COMMANDS[name][1:]
    assert 'ENTRYPOINT ["python", "deploy/entrypoint.py"]' in docker_lines()


def test_entrypoint_becomes_the_named_command(tmp_path):
    for name in COMMANDS:
        program = tmp_path / COMMANDS[name][0]
        program.write_text('#!/bin/sh\necho "$* limit=$STATEMENT_TIMEOUT_MS"\n')
        program.chmod(0o755)
    for name, expected in COMMANDS.items():
        done = subprocess.run(
            ["/usr/bin/env", f"PATH={tmp_path}", COMMANDS_PYTHON, str(ROOT / "deploy/entrypoint.py"), name],
            capture_output=True,
            text=True,
            check=True,
        )
        assert " ".join(expected[1:]) in done.stdout
        assert done.stdout.rstrip().endswith("limit=0") == (name == "migrate")


COMMANDS_PYTHON = command("migrate")[0]


def test_services_of_the_portal_may_do_little(compose):
    for name in OUR_SERVICES:
        service = services(compose)[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["platform"] == "linux/amd64"


def test_only_the_edge_is_reachable_from_outside(compose):
    assert [name for name, service in services(compose).items() if "ports" in service] == ["nginx"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_data_lie_in_named_volumes(compose):
    assert set(compose["volumes"]) == {"postgres", "redis", "media", "beat", "erased"}
    # Since version 18 the image keeps its data one folder higher than before.
    assert services(compose)["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]


def test_portal_starts_after_the_migrations(compose):
    for name in ("web", "worker", "beat"):
        assert services(compose)[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


@pytest.mark.parametrize(
    "name", ["docker-compose.yml", "Dockerfile", "deploy/.env.example", "deploy/nginx.conf.template"]
)
def test_no_secret_stands_in_a_file(name):
    for number, line in enumerate(read(name).splitlines(), 1):
        found = re.match(
            r"(?:ENV)?\s*\w*(SECRET|PASSWORD|TOKEN|EMAIL_URL)\w*\s*[=:]\s*(\S+)", line.split("#")[0]
        )
        if found:
            assert found[2].startswith("${"), f"{name}:{number}"


# --- edge ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Request-Start", '"t=${msec}"'),
        ("X-Forwarded-For", "$remote_addr"),
        ("X-Forwarded-Proto", "$scheme"),
        ("X-Forwarded-Host", '""'),
        ("Forwarded", '""'),
        ("Host", "$host"),
    ],
)
def test_edge_replaces_what_a_browser_may_forge(header, value):
    assert f"proxy_set_header {header} {value};" in read("deploy/nginx.conf.template")


def test_edge_takes_bodies_as_large_as_the_portal_does(settings):
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", read("deploy/nginx.conf.template"))[1])
    assert megabytes * 1024 * 1024 > settings.UPLOAD_MAX_BYTES
    assert "proxy_request_buffering on;" in read("deploy/nginx.conf.template")


def test_edge_does_not_answer_to_unknown_names():
    first = read("deploy/nginx.conf.template").split("server {")[1]
    assert "default_server" in first
    assert "ssl_reject_handshake on;" in first
    assert "return 444;" in first


def test_web_server_keeps_connections_longer_than_the_edge():
    values: dict = {}
    exec(read("deploy/gunicorn.conf.py"), values)  # noqa: S102 - gunicorn reads it in the same way
    assert values["keepalive"] > 60
    assert values["worker_class"] == "gthread"
    assert values["preload_app"] is False
    assert values["max_requests"] > 0


# --- papers --------------------------------------------------------------------------------------


def names_in_settings() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal" / "settings").glob("*.py"))
    called = set(re.findall(r"""env(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", text))
    return called | set(re.findall(r'"([A-Z_]+)"', text.partition("for _name in (")[2].partition(")")[0]))


def names_in_compose(compose: dict) -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", read("docker-compose.yml"))) | {
        name for service in services(compose).values() for name in service.get("environment", {})
    }


def names_in_deploy() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "deploy").iterdir() if path.is_file())
    named = re.findall(r"""environ(?:\.get|\.setdefault)?[(\[]["']([A-Z_]+)["']""", text)
    return set(named) | set(re.findall(r"\$\{([A-Z_]+):", text)) | {"PG_BIN"}


def test_every_setting_of_the_environment_is_explained(compose):
    used = names_in_settings() | names_in_compose(compose) | names_in_deploy()
    explained = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", read("docs/running.md")))
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "MEDIA_ROOT"} <= used
    assert sorted(used - explained) == []


def test_every_explained_setting_is_used(compose):
    rows = re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", read("docs/running.md"), re.MULTILINE)
    readers = [ROOT / name for name in ("docker-compose.yml", "Dockerfile", "Makefile", "manage.py")]
    readers += [
        path
        for name in ("portal/settings", "deploy", "local")
        for path in (ROOT / name).iterdir()
        if path.is_file()
    ]
    text = "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in readers)
    assert rows
    assert [name for name in rows if name not in text] == []


def test_example_of_the_environment_has_what_compose_demands():
    demanded = set(re.findall(r"\$\{([A-Z_]+):\?", read("docker-compose.yml")))
    offered = set(re.findall(r"^([A-Z_]+)=", read("deploy/.env.example"), re.MULTILINE))
    assert demanded <= offered
    assert offered <= set(re.findall(r"\$\{([A-Z_]+)", read("docker-compose.yml")))


def test_commands_are_one_file_and_well_formed():
    assert json.loads(read("deploy/commands.json")) == COMMANDS
    assert {"web", "worker", "beat", "migrate", "static"} == set(COMMANDS)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))


def test_papers_name_only_targets_that_exist():
    papers = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in papers if path.exists())
    named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z][a-z-]*)", text))
    named |= set(re.findall(r"^ {4}(?:[A-Z]+=\S+ )?make ([a-z][a-z-]*)", text, re.MULTILINE))
    assert {"run", "test", "lint"} <= named
    assert sorted(named - targets()) == []


def test_help_lists_the_targets():
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = set(re.findall(r"^  make ([a-z-]+)", done.stdout, re.MULTILINE))
    assert targets() - listed == {"browser"}
