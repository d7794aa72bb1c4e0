# Sends a request and prints the answer as JSON: its status, its headers by their lower-case names, its body.
#
# usage: fetch.py METHOD URL [HEADER…]
import json, sys, urllib.error, urllib.request

method, url, *headers = sys.argv[1:]
headers = dict(header.split(": ", 1) for header in headers)
try:
    answer = urllib.request.urlopen(urllib.request.Request(url, method=method, headers=headers), timeout=60)
except urllib.error.HTTPError as error:
    answer = error
except OSError as error:
    sys.exit(str(getattr(error, "reason", error)))
print(json.dumps({
    "status": answer.status,
    "headers": {name.lower(): value for name, value in answer.headers.items()},
    "body": answer.read().decode("utf-8", "replace"),
}))
