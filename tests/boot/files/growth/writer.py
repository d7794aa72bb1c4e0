"""Writes files into a folder and reads them back from the disk, until the file `stop` of another one exists. Its
file `written` there gets a byte for each; `sums` in the folder has the SHA-256 of each file.

usage: writer.py FOLDER STATE
"""

import hashlib
import os
import pathlib
import sys
import time

folder, state = map(pathlib.Path, sys.argv[1:])
state.mkdir()
sums = {}
number = 0
while not (state / "../stop").exists():
    path = folder / f"data{number % 10}"
    data = os.urandom(300_000)
    with path.open("wb") as file:
        file.write(data)
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    assert path.read_bytes() == data, f"{path} is another file"
    sums[path.name] = hashlib.sha256(data).hexdigest()
    with (state / "written").open("ab") as file:
        file.write(b".")
    number += 1
    time.sleep(0.02)
(folder / "sums").write_text("".join(f"{value}  {name}\n" for name, value in sums.items()))
