"""A developer at a provider, with the cookies that a browser would keep. Follows redirects, and the page that goes on to the
login. Prints a line of JSON: the status, the URL and the body of the last page, the cookies of each host, and how often the
provider asked who it is.

usage: developer.py TASK.json
"""
import json
import re
import socket
import sys
from urllib.parse import urljoin, urlsplit

import requests

with open(sys.argv[1]) as file:
    task = json.load(file)
resolve = socket.getaddrinfo


def getaddrinfo(host, *rest, **more):
    below = host == task["domain"] or host.endswith("." + task["domain"])
    return resolve(task["address"] if below else host, *rest, **more)


socket.getaddrinfo = getaddrinfo
browser = requests.Session()
browser.trust_env = False
browser.verify = task["authority"]
prompts = 0


def ask(method, url, **more):
    return browser.request(method, url, allow_redirects=False, timeout=60, headers={"Accept": "text/html"}, **more)


def visit(url):
    global prompts
    for _ in range(30):
        answer = ask("GET", url)
        if answer.status_code == 200 and urlsplit(url).path == "/oauth2/authorize":
            prompts += 1
            if not task["subject"]:
                break
            answer = ask("POST", url, data={"sub": task["subject"]})
        to = answer.headers.get("Location")
        if answer.status_code == 401 and (page := re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', answer.text)):
            to = page[1]
        if not to:
            break
        url = urljoin(url, to)
    return {"status": answer.status_code, "url": answer.url, "body": answer.text[:4000], "prompts": prompts}


visits = [visit(url) for url in task["urls"]]
cookies = {}
for cookie in browser.cookies:
    if cookie.path == "/":
        cookies.setdefault(cookie.domain.lstrip("."), []).append(f"{cookie.name}={cookie.value}")
print(json.dumps({"visits": visits, "cookies": {host: "; ".join(each) for host, each in cookies.items()}}))
