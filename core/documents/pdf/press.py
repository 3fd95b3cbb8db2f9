"""The process that runs Typst: an order as JSON comes in, the PDF goes out. Knows nothing of the portal."""

import json
import resource
import sys

import typst

STANDARDS = ["a-2a", "ua-1"]


def main() -> None:
    order = json.load(sys.stdin.buffer)
    limit = order["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    cpu = max(1, int(order["seconds"]) * 2)  # Typst works on several cores at once
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    try:
        pdf = typst.compile(
            order["main"],
            root=order["root"],
            font_paths=[order["fonts"]],
            ignore_system_fonts=True,
            sys_inputs={"data": order["data"], "meta": order["meta"]},
            format="pdf",
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        # the trace quotes the template, never the data
        sys.exit(f"{error.message} {' '.join(error.hints)}")
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
