"""What the README tells people to type works as it stands there."""

import re
import shlex
from pathlib import Path

import pytest

from holdfast.config.commands import root

README = (Path(__file__).parents[1] / "README.md").read_text()
LINES = [
    line.split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
ORDERS = """Customer,Order,Date,Quantity,Price
Alder,1,2010-03-02,10,4.50
Alder,2,2010-06-20,12,4.50
Birch,3,2010-05-11,1,99.00
Birch,4,2010-08-03,1,99.00
Cedar,5,2010-08-30,3,1.25
"""


@pytest.mark.django_db(transaction=True)
def test_its_commands_run_in_their_order(tmp_path, monkeypatch, capfd):
    (tmp_path / "orders.csv").write_text(ORDERS)
    monkeypatch.chdir(tmp_path)

    for line in LINES:
        program, *words = shlex.split(line)
        assert program == "holdfast"
        with pytest.raises(SystemExit) as left:
            root.run(words)
        told = capfd.readouterr()
        assert not left.value.code, f"{line}\n{told.err}"
        assert told.out, line

    assert len(LINES) == 7


def test_its_links_and_pictures_exist():
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", README)

    assert links
    assert [link for link in links if not (Path(__file__).parents[1] / link).exists()] == []


@pytest.mark.parametrize("script", ["demo", "up", "test", "look", "bench"])
def test_the_scripts_it_names_can_be_run(script):
    path = Path(__file__).parents[1] / "bin" / script

    assert f"bin/{script}" in README
    assert path.stat().st_mode & 0o111
