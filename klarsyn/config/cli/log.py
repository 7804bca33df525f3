"""`klarsyn log`: sign the log as it stands, write it out, check it, say its words for the diary."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from klarsyn.base import durable
from klarsyn.base.audit import exporting, klarsyn_verify, logkeys, recording, words
from klarsyn.base.audit.details import open_detail
from klarsyn.base.models import AuditEvent, AuditHead
from klarsyn.base.vault import NotReady, VaultError, open_with

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Words") -> None:
    """The words of `log`: `words`, `checkpoint`, `export`, `verify`, `first-key` and `reason`."""
    parser = subparsers.add_parser("log", help="the tamper-evident log: words for the diary, export, check")
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    say = verbs.add_parser("words", help="sign the log as it stands; twelve words and a QR for the diary")
    say.add_argument("--qr", type=Path, help="also write the checkpoint as a QR picture (SVG)")
    say.set_defaults(run=_guarded(run_words))
    mark = verbs.add_parser("checkpoint", help="the same for a timer, each day: sign, and copy it elsewhere")
    mark.add_argument("--copy", type=Path, help="a folder elsewhere; what lies there is never changed")
    mark.set_defaults(run=_guarded(run_checkpoint))
    export = verbs.add_parser("export", help="the log as JSON lines, and beside it the file that checks it")
    export.add_argument("file", type=Path)
    export.set_defaults(run=_guarded(run_export))
    verify = verbs.add_parser("verify", help="check an export, as klarsyn_verify.py does on any machine")
    verify.add_argument("rest", nargs=argparse.REMAINDER)
    verify.set_defaults(run=lambda args: klarsyn_verify.main(args.rest))
    first = verbs.add_parser("first-key", help="the auditor's: the key of the first line, for checking MACs")
    first.add_argument("--auditor", type=Path, required=True, help="the auditor's key file")
    first.set_defaults(run=_guarded(run_first_key))
    _add_reason(verbs)


def _add_reason(verbs: "Words") -> None:
    reason = verbs.add_parser("reason", help="the auditor's: open the sealed reason of one line")
    reason.add_argument("number", type=int, help="the line's number")
    reason.add_argument("--auditor", type=Path, required=True, help="the auditor's key file")
    reason.set_defaults(run=_guarded(run_reason))


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def guarded(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except (VaultError, OSError) as error:
            print(error, file=sys.stderr)
            return 1

    return guarded


def _head() -> AuditHead:
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        raise NotReady("Loggen är inte öppnad. Kör `klarsyn site prepare` en gång.")
    return head


def run_words(args: argparse.Namespace) -> int:
    _head()
    mark = recording.checkpoint()
    print(f"{mark.day.isoformat()}  {mark.size}  {words.words_of(bytes.fromhex(mark.root))}")
    if args.qr:
        segno.make(mark.text, error="m").save(str(args.qr), kind="svg", scale=4, title=recording.origin())
        print(args.qr)
    return 0


def run_checkpoint(args: argparse.Namespace) -> int:
    """Sign the log as it stands. The copy says whether a log of that size was ever signed otherwise."""
    _head()
    mark = recording.checkpoint()
    print(f"{mark.day.isoformat()}  {mark.size}")
    if not args.copy:
        return 0
    target = args.copy / f"log-{mark.size:012}.txt"
    try:
        durable.write_new(target, mark.text.encode())
    except FileExistsError:
        if target.read_text(encoding="utf-8") != mark.text:
            print(f"{target}: en annan signatur av lika många rader. Loggen är ändrad.", file=sys.stderr)
            return 1
    print(target)
    return 0


def run_export(args: argparse.Namespace) -> int:
    _head()
    with args.file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in exporting.export_lines())
    beside = args.file.with_name("klarsyn_verify.py")
    beside.write_bytes(Path(klarsyn_verify.__file__).read_bytes())
    public = logkeys.read().signer.public.hex()
    print(f"{args.file}\n{beside}\npython3 {beside} {args.file} --public-key {public}")
    return 0


def run_first_key(args: argparse.Namespace) -> int:
    sealed = bytes(_head().first_key)
    print(open_with(logkeys.auditor(args.auditor), sealed, recording.place_of(0, "")).hex())
    return 0


def run_reason(args: argparse.Namespace) -> int:
    line = AuditEvent.objects.filter(sequence=args.number).first()
    found = open_detail(line, recording.AUDITOR, logkeys.auditor(args.auditor)) if line else None
    if found is None:
        print(f"Rad {args.number} har ingen anledning som den nyckeln öppnar.", file=sys.stderr)
        return 1
    print(found)
    return 0
