"""requests, with a token for the instance metadata service as newer cfn-init asks for one."""

from requests import *  # noqa: F403
from requests import get as plain_get
from requests import put
from requests import api as _api
from requests import exceptions, auth  # noqa: F401

METADATA = "http://169.254.169.254/latest/"


def get(url, **options):
    if url.startswith(METADATA):
        token = put(
            METADATA + "api/token",
            headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"},
            timeout=5,
        )
        options.setdefault("headers", {})["X-aws-ec2-metadata-token"] = token.text
    return plain_get(url, **options)


request = _api.request
