"""Sets what bindwire makes of the corpus beside what other parsers make of it, and writes the table into ../README.md.

Usage: measure.py REPORT PEERS
REPORT is what the corpus test wrote for BINDWIRE_CORPUS_JSON, PEERS the output of the crate in peers/ over every body.
Needs lxml and json_repair. The exact commands stand in ../README.md.
"""

import json
import sys
import tomllib
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import json_repair
from lxml import etree

CORPUS = Path(__file__).resolve().parent.parent
# Which peers read which format.
PEERS = {"xml": ["lxml", "html5ever", "xml5ever"], "json": ["json_repair"], "csv": ["csv"]}
COLUMNS = ["lxml", "html5ever", "xml5ever", "json_repair", "csv"]
KINDS = {
    "notation": "Notation",
    "bytes": "Bytes around the markup",
    "structure": "Structure",
    "several": "Several kinds in one body",
    "refuse": "To be refused: no whole reply",
    "refused": "To be refused: the server says no",
}
BEGIN, END = "<!-- table: written by measure/measure.py -->", "<!-- end of table -->"


def lxml_leaves(body: bytes):
    """Elements without elements in them: path of local names, and text."""
    try:
        root = etree.fromstring(body, etree.XMLParser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    leaves, local = [], lambda element: etree.QName(element).localname
    for element in root.iter(etree.Element):
        if not any(isinstance(child.tag, str) for child in element):
            path = "/".join([local(up) for up in element.iterancestors()][::-1] + [local(element)])
            leaves.append([path, element.xpath("string()").strip()])
    return leaves


def json_leaves(body: bytes):
    """The parsed tree, and its texts; None where nothing like a reply was found."""
    text = body.decode(json.detect_encoding(body), errors="replace")
    tree = json_repair.loads(text)
    return tree if isinstance(tree, (dict, list)) and tree else None


def texts(tree) -> Counter:
    """How often each text stands in a tree or in a list of leaves."""
    if isinstance(tree, dict):
        return sum((texts(value) for value in tree.values()), Counter())
    if isinstance(tree, list) and all(isinstance(leaf, list) and len(leaf) == 2 and isinstance(leaf[0], str) for leaf in tree):
        return Counter(leaf[1] for leaf in tree if leaf[1])
    if isinstance(tree, list):
        return sum((texts(value) for value in tree), Counter())
    return Counter() if tree in ("", None) else Counter([str(tree)])


def cases():
    classes = tomllib.loads((CORPUS / "classes.toml").read_text())
    for path in sorted(CORPUS.glob("*/*/case.toml")):
        case = tomllib.loads(path.read_text())
        folder = path.parent
        body = {stem: next(folder.glob(f"{stem}.*")) for stem in ("damaged", "clean")}
        yield {"id": f"{folder.parent.name}/{folder.name}", "format": folder.parent.name, "kind": classes[case["class"]]["kind"], **case, **body}


def main(report: str, peers: str) -> None:
    ours = {run["id"]: run for run in json.loads(Path(report).read_text())}
    rust = {}
    for line in Path(peers).read_text().splitlines():
        file, parser, leaves = json.loads(line)
        rust[str(Path(file).resolve()), parser] = leaves

    def parse(parser: str, file: Path):
        if parser == "lxml":
            return lxml_leaves(file.read_bytes())
        if parser == "json_repair":
            return json_leaves(file.read_bytes())
        return rust[str(file.resolve()), parser]

    rows, violations, problems = {}, [], []
    for case in cases():
        row = rows.setdefault((case["kind"], case["class"]), {"cases": Counter(), "strict": Counter(), "lenient": Counter()})
        run = ours[case["id"]]
        row["cases"]["all"] += 1
        row["strict"]["bindwire"] += run["as_meant"]
        better = []
        for parser in PEERS[case["format"]]:
            clean, damaged = parse(parser, case["clean"]), parse(parser, case["damaged"])
            row["cases"][parser] += 1
            if case["expect"] == "recover":
                same = damaged is not None and damaged == clean
                lenient = same or (damaged is not None and not texts(clean) - texts(damaged))
                row["lenient"][parser] += lenient
            else:
                same = not damaged
            row["strict"][parser] += same
            if same and case["expect"] == "recover" and not run["as_meant"]:
                better.append(parser)
        if better:
            violations.append(f"{case['id']} ({', '.join(better)})")
        if not run["as_meant"]:
            problems.append(f"{case['id']}: {run['outcome']}: {run['detail'][:300]}")

    table = render(rows)
    readme = CORPUS / "README.md"
    head, rest = readme.read_text().split(BEGIN)
    tail = rest.split(END)[1]
    listed = "\n".join(f"- {item}" for item in violations) or "None."
    versions = f"lxml {version('lxml')}, json_repair {version('json_repair')}; the versions of the others stand in `measure/peers/Cargo.lock`."
    readme.write_text(f"{head}{BEGIN}\n{table}\nMeasured with {versions}\n\nRecovered by a peer and not by bindwire:\n\n{listed}\n{END}{tail}")
    print(table, "\nviolations:", *(violations or ["none"]), "\nnot as meant:", *problems, sep="\n")


def render(rows) -> str:
    out = []
    total = {"cases": Counter(), "strict": Counter(), "lenient": Counter()}
    for kind, title in KINDS.items():
        if not any(key[0] == kind for key in rows):
            continue
        out += [f"**{title}**", "", "| class | cases | bindwire | " + " | ".join(COLUMNS) + " |", "|---|--:|--:|" + "--:|" * len(COLUMNS)]
        both = {"cases": Counter(), "strict": Counter(), "lenient": Counter()}
        for (of, name), row in sorted(rows.items()):
            if of == kind:
                out.append(line(name, row, kind))
                for key in both:
                    both[key] += row[key]
                    if kind not in ("refuse", "refused"):
                        total[key] += row[key]
        out += [line("all", both, kind), ""]
    out += ["**All that can be recovered**", "", "| | cases | bindwire | " + " | ".join(COLUMNS) + " |", "|---|--:|--:|" + "--:|" * len(COLUMNS), line("all", total, ""), ""]
    return "\n".join(out)


def line(name: str, row, kind: str) -> str:
    cells = [name, str(row["cases"]["all"]), str(row["strict"]["bindwire"])]
    for parser in COLUMNS:
        count = row["cases"][parser]
        if not count or kind == "refused":
            cells.append("")
        elif kind == "refuse":
            cells.append(f"{row['strict'][parser]}/{count}")
        else:
            cells.append(f"{row['strict'][parser]} ({row['lenient'][parser]})/{count}")
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main(*sys.argv[1:])
