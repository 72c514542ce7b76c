import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from casework import content
from casework.cli import main
from casework.content import check, shipped_folder
from casework.content.kinds import KINDS
from casework.content.schema import NAMES, json_schema
from casework.content.yaml_tree import read_tree
from casework.errors import ContentError

ROOT = Path(__file__).parents[3]
TEMPLATES = Path(content.__file__).with_name("templates")
SAMPLE = Path(__file__).parent / "sample"
FILES = [
    path
    for folder in (SAMPLE, shipped_folder())
    for kind in KINDS
    for path in sorted((folder / kind).glob("*.yaml"))
    if "." not in path.stem
]


def run(*arguments):
    return CliRunner().invoke(main, ["schema", *[str(argument) for argument in arguments]])


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema(name)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_good_file_agrees_with_its_schema(path):
    schema = json.loads(json_schema(KINDS[path.parent.name].kind))

    jsonschema.validate(read_tree(path).value, schema)


def test_a_schema_explains_each_key():
    schema = json.loads(json_schema("case"))

    assert schema["properties"]["content_note"]["description"].startswith("What may come close")
    assert "title" in schema["properties"]


def test_a_schema_refuses_a_key_that_is_not_known():
    value = read_tree(SAMPLE / "cases" / "two-doors.yaml").value

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value | {"sumary": "A"}, json.loads(json_schema("case")))


def test_an_unknown_kind_is_told():
    with pytest.raises(ContentError, match="There is no kind of file called 'cases'; perhaps 'case' is meant"):
        json_schema("cases")


def test_the_command_prints_a_schema():
    done = run("checklist")

    assert json.loads(done.stdout)["description"] == "A file of items to observe in a moment."
    assert run("checklists").stderr == "There is no kind of file called 'checklists'; perhaps 'checklist' is meant.\n"
    assert "Name a kind: case, checklist" in run().stderr


def test_the_command_writes_all_schemas(tmp_path):
    done = run("--write", tmp_path / "schemas")

    assert sorted(path.stem for path in (tmp_path / "schemas").glob("*.json")) == sorted(NAMES)
    assert len(done.stdout.splitlines()) == len(NAMES)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind)
def test_the_template_of_each_kind_has_nothing_to_mend(tmp_path, kind):
    template = TEMPLATES / f"{kind.kind}.yaml"
    value = read_tree(template).value
    for folder in ("checklists", "perspectives", kind.folder):
        (tmp_path / folder).mkdir(exist_ok=True)
    path = tmp_path / kind.folder / f"{value['id']}.yaml"
    path.write_text(template.read_text("utf-8"), "utf-8")
    other = TEMPLATES / "checklist.yaml"
    (tmp_path / "checklists" / f"{read_tree(other).value['id']}.yaml").write_text(other.read_text("utf-8"), "utf-8")

    assert check(tmp_path) == []
    jsonschema.validate(value, json.loads(json_schema(kind.kind)))


@pytest.mark.parametrize("name", NAMES)
def test_the_template_of_each_kind_begins_with_its_schema(name):
    first, *_ = (TEMPLATES / f"{name}.yaml").read_text("utf-8").splitlines()

    assert first == f"# yaml-language-server: $schema=../schemas/{name}.json"


def keys_of(schema):
    """Yield the keys of a schema and of all that it holds."""
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_each_kind_explains_every_key(name):
    pages = [(ROOT / "docs" / "formats" / page).read_text("utf-8") for page in (f"{name}.md", "index.md")]
    missing = [key for key in keys_of(json.loads(json_schema(name))) if not re.search(rf"`{key}\b", "".join(pages))]

    assert missing == []
