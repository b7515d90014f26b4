"""`yousu config`: 配置, the whole city in force written as files, or the files of a folder put in force."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened
from yousu.cli.running_as import account


def arguments(parser: ArgumentParser) -> None:
    """What to do with which folder."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="export|import")
    export = actions.add_parser("export", help="writes what is in force as files", allow_abbrev=False)
    export.add_argument(
        "folder", metavar="FOLDER", help="made if it is not there; its files of these names are replaced"
    )
    taken = actions.add_parser("import", help="puts a folder's files in force, all or none", allow_abbrev=False)
    taken.add_argument("folder", metavar="FOLDER", help="a file that it lacks stays as it is")
    taken.add_argument("--note", required=True, metavar="WHY", help="why: it stands with each file's event")
    taken.add_argument("--dry-run", action="store_true", help="check and compare, and change nothing")


def run(options: Namespace) -> Answer:
    """The files written, or the files that are other ones now."""
    opened(fits=False)
    folder = Path(options.folder)
    return _exported(folder) if options.action == "export" else _imported(folder, options)


def _exported(folder: Path) -> Answer:
    from yousu.org.city import city

    texts = city().texts
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error
    return Answer(data={"files": sorted(texts)}, text=f"已写出 {len(texts)} 个文件：{folder}")


def _imported(folder: Path, options: Namespace) -> Answer:
    from yousu.org.actors import cli
    from yousu.org.configuration import commands

    files = _read(folder)
    if options.dry_run:
        changed = commands.differing(files)
    else:
        changed = commands.put_files(files, note=options.note, by=cli(account()))
    said = "会改" if options.dry_run else "已生效"
    text = f"{said} {len(changed)} 个文件：{'、'.join(changed)}" if changed else "与生效的完全相同，没有改动"
    return Answer(data={"changed": changed}, text=text)


def _read(folder: Path) -> dict[str, str]:
    from yousu.org import tables
    from yousu.org.city_files import decoded

    try:
        files = {name: (folder / name).read_bytes() for name in tables.files() if (folder / name).is_file()}
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror}") from error
    if not files:
        raise UsageError(f"{folder} holds no file of a city, such as units.csv")
    return {name: decoded(name, content) for name, content in files.items()}
