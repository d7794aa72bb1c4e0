"""An OpenID Connect provider: oidc-provider-mock with what a company's has besides: sessions of its own, so that a second
sign-in asks for nothing; one registered client; users who can be blocked; a log of what it was asked.

usage: provider.py SETTINGS.json
"""
import json
import os
import secrets
import sys
from datetime import timedelta

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
import flask
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from oidc_provider_mock import _app
from oidc_provider_mock._storage import Client, User
from werkzeug.serving import make_server

with open(sys.argv[1]) as file:
    settings = json.load(file)
life = settings["token_seconds"]
# The mock sets only the life of first tokens.
BearerTokenGenerator.GRANT_TYPES_EXPIRES_IN["refresh_token"] = life
app = flask.Flask("oidc_provider_mock", root_path=os.path.dirname(_app.__file__))
_app.init_app(
    app,
    require_client_registration=True,
    access_token_max_age=timedelta(seconds=life),
    user_claims=[User(sub=sub, claims=claims) for sub, claims in settings["users"].items()],
)
app.debug = False
app.secret_key = secrets.token_bytes(16)
sessions: dict[str, str] = {}
blocked: set[str] = set()
state = {"down": False}
log: list[str] = []


@app.before_request
def ask():
    request = flask.request
    storage = flask.g.oidc_provider_mock_storage
    if not storage.get_client(settings["client"]):
        storage.store_client(
            Client(
                id=settings["client"],
                secret=settings["secret"],
                redirect_uris=settings["redirect_uris"],
                allowed_scopes=Client.SCOPES_SUPPORTED,
                token_endpoint_auth_method="client_secret_basic",
            )
        )
    if request.path.startswith("/test/"):
        return administer(*request.path.split("/")[2:])
    if state["down"]:
        return "it is down", 503
    if request.path == "/oauth2/end_session":
        sessions.pop(request.cookies.get("session", ""), None)
        return flask.redirect(request.values["post_logout_redirect_uri"])
    if request.path == "/oauth2/token":
        log.append(request.form.get("grant_type", ""))
        token = storage.get_refresh_token(request.form.get("refresh_token", ""))
        if token and token.user_id in blocked:
            return flask.jsonify(error="invalid_grant"), 400
    if request.path == "/oauth2/authorize":
        if request.form.get("sub") in blocked:
            return "blocked", 403
        if request.method == "GET":
            subject = sessions.get(request.cookies.get("session", ""))
            log.append(f"authorize {subject}" if subject else "prompt")
            if subject:
                answer = app.test_client().post(request.full_path, data={"sub": subject}, base_url=request.host_url)
                return answer.data, answer.status_code, {"Location": answer.headers.get("Location", "")}
    return None


@app.after_request
def remember(response):
    request = flask.request
    subject = request.form.get("sub")
    if request.path == "/oauth2/authorize" and subject and response.status_code == 302 and "session" not in request.cookies:
        session = secrets.token_urlsafe(16)
        sessions[session] = subject
        response.set_cookie("session", session, httponly=True, samesite="Lax")
    return response


def administer(what, *words):
    """Does what an administrator of the provider does."""
    if what == "log":
        return flask.jsonify(log)
    if what == "forget":
        log.clear()
    elif what == "block":
        blocked.add(words[0])
        for session in [session for session, subject in sessions.items() if subject == words[0]]:
            del sessions[session]
    elif what == "unblock":
        blocked.discard(words[0])
    elif what == "down":
        state["down"] = words[0] == "yes"
    else:
        return "", 404
    return "", 204


make_server(settings["address"], settings["port"], app, threaded=True).serve_forever()
