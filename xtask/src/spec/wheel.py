# Prints as JSON what a wheel says of itself: its version, its licence, and the day of its newest file.
#
# usage: wheel.py WHEEL
import email, json, sys, zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    files = wheel.infolist()
    [metadata] = [file for file in files if file.filename.endswith(".dist-info/METADATA")]
    said = email.message_from_bytes(wheel.read(metadata))
json.dump({
    "version": said["Version"],
    "licence": said["License-Expression"] or said["License"],
    "date": "%04d-%02d-%02d" % max(file.date_time[:3] for file in files),
}, sys.stdout)
