"""Writes src/policy/aws/data/managed-policies.jsonl from the PyPI package moto (Apache-2.0), which records the
documents of all AWS-managed policies.

    python3 scripts/generate-managed-policies.py            # the newest moto, downloaded with pip
    python3 scripts/generate-managed-policies.py moto.whl   # a wheel at hand

First line: source, licence, date of the newest policy, and for each name the place of its line, counted from the end of
the first. Then one policy per line, sorted by name: [path, document]. Statement ids are left out, and so are the
documents of policies that only AWS itself can attach (path /aws-service-role/).
"""

import ast
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

TARGET = pathlib.Path(__file__).parent.parent / "src/policy/aws/data/managed-policies.jsonl"
MODULE = "moto/iam/aws_managed_policies.py"


def download(folder: str) -> pathlib.Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "moto"]
    subprocess.run(command, check=True)
    return next(pathlib.Path(folder).glob("moto-*.whl"))


def policies_of(wheel: pathlib.Path) -> dict:
    """Reads the literal in the module without running it."""
    tree = ast.parse(zipfile.ZipFile(wheel).read(MODULE))
    literals = (node.value for node in tree.body if isinstance(node, ast.Assign))
    return json.loads(next(ast.literal_eval(one) for one in literals))


def document_of(policy: dict) -> dict:
    if policy["Path"] == "/aws-service-role/":
        return {"Statement": []}
    statements = policy["Document"]["Statement"]
    listed = statements if isinstance(statements, list) else [statements]
    return {"Statement": [{k: v for k, v in one.items() if k != "Sid"} for one in listed]}


def line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else download(folder)
        policies = policies_of(wheel)
    version = wheel.name.split("-")[1]
    newest = max(policy.get("UpdateDate") or policy["CreateDate"] for policy in policies.values())
    lines = {name: line([policies[name]["Path"], document_of(policies[name])]) for name in sorted(policies)}
    places, place = {}, 0
    for name, text in lines.items():
        places[name] = place
        place += len(text)
    header = {
        "source": f"moto {version}, {MODULE}",
        "licence": "Apache-2.0",
        "date": newest[:10],
        "places": places,
    }
    with TARGET.open("w", encoding="ascii", newline="\n") as out:
        out.write(line(header))
        out.writelines(lines.values())


main()
