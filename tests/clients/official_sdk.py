"""Makes calls with the official Python SDK (PyPI dropbox) against a server, for tests that compare its requests with ours.

In: a JSON object on standard input: the server's hosts, its certificate, tokens, and which calls to make. Out: a JSON
object on standard output that says what was called, what this SDK does not have, and what failed.
"""

import inspect
import json
import os
import re
import sys

job = json.load(sys.stdin)
os.environ.update(
    DROPBOX_API_HOST=job["hosts"]["api"],
    DROPBOX_API_CONTENT_HOST=job["hosts"]["content"],
    DROPBOX_API_NOTIFY_HOST=job["hosts"]["notify"],
    DROPBOX_WEB_HOST=job["hosts"]["web"],
    # requests prefers this variable to what a session is told.
    REQUESTS_CA_BUNDLE=job["ca"],
)

import dropbox  # noqa: E402  It reads the hosts when it is imported.
from dropbox.base import DropboxBase  # noqa: E402
from dropbox.base_team import DropboxTeamBase  # noqa: E402
from dropbox.stone_serializers import json_compat_obj_decode  # noqa: E402

CONTENT = job["content"].encode()
REQUEST = re.compile(r"self\.request\(\s*(\w+)\.(\w+),")


def session():
    return dropbox.create_session(ca_certs=job["ca"])


def user(**settings):
    return dropbox.Dropbox(session=session(), max_retries_on_error=0, **settings)


def team():
    return dropbox.DropboxTeam(job["team_token"], session=session(), max_retries_on_error=0)


def clients():
    key, secret = job["app"]
    return {
        "user": user(oauth2_access_token=job["user_token"]),
        "team": team(),
        "app": user(app_key=key, app_secret=secret),
        "noauth": user(oauth2_access_token=job["user_token"]),
    }


def route_methods(base):
    """The methods of a class that call a route, by namespace, name and version of the route."""
    found = {}
    for name, method in inspect.getmembers(base, inspect.isfunction):
        # Those that save to a file call the same route as their neighbours without that.
        if name.endswith("_to_file"):
            continue
        request = REQUEST.search(inspect.getsource(method))
        if request:
            module, attribute = request.groups()
            route = getattr(getattr(dropbox, module), attribute)
            found[(module.rstrip("_"), route.name, route.version)] = (name, route)
    return found


def keywords(method, route, arg):
    """The arguments of a method, from the JSON of the route's argument."""
    names = [name for name in inspect.signature(method).parameters if name != "f"]
    if not names:
        return {}
    value = json_compat_obj_decode(route.arg_type, arg, strict=False)
    if not isinstance(arg, dict) or getattr(value, "_all_field_names_", None) is None:
        return {names[0]: value}
    return {name: getattr(value, name) for name in names if name in arg}


def call_routes():
    everyone = clients()
    known = {"team": route_methods(DropboxTeamBase)}
    known["user"] = known["app"] = known["noauth"] = route_methods(DropboxBase)
    report = {"missing": [], "failed": {}}
    for index, call in enumerate(job["calls"]):
        found = known[call["client"]].get((call["namespace"], call["route"], call["version"]))
        if not found:
            report["missing"].append(index)
            continue
        name, route = found
        method = getattr(everyone[call["client"]], name)
        content = [CONTENT] if "f" in inspect.signature(method).parameters else []
        try:
            result = method(*content, **keywords(method, route, call["arg"]))
            if isinstance(result, tuple) and result[1].content != CONTENT:
                raise ValueError("the content is not what the server sent")
        except Exception as error:  # Whatever goes wrong is for the test to judge.
            report["failed"][index] = f"{type(error).__name__}: {error}"
    routes = {(call["namespace"], call["route"], call["version"]) for call in job["calls"]}
    methods = set(known["team"]) | set(known["user"])
    report["methods"] = len(known["team"]) + len(known["user"])
    report["gone"] = sorted("/".join(map(str, route)) for route in methods - routes)
    return report


def scenario():
    """What an application does, step by step; the same steps are made with our SDK."""
    from dropbox import common, files

    member = job["member"]
    team().as_user(member).files_list_folder("")
    team().as_admin(member).files_list_folder("")
    root = common.PathRoot.namespace_id(job["namespace"])
    user(oauth2_access_token=job["user_token"]).with_path_root(root).files_list_folder("")

    key, secret = job["app"]
    client = user(oauth2_refresh_token=job["refresh_token"], app_key=key, app_secret=secret)
    client.users_get_current_account()

    client.files_upload(CONTENT, "/r\u00e9sum\u00e9 \U0001f600.txt")
    _, response = client.files_download("/r\u00e9sum\u00e9 \U0001f600.txt")
    assert response.content == CONTENT

    started = client.files_upload_session_start(CONTENT)
    cursor = files.UploadSessionCursor(started.session_id, len(CONTENT))
    client.files_upload_session_append_v2(CONTENT, cursor)
    cursor = files.UploadSessionCursor(started.session_id, 2 * len(CONTENT))
    commit = files.CommitInfo("/long.txt", mode=files.WriteMode.overwrite)
    client.files_upload_session_finish(CONTENT, cursor, commit)
    _, response = client.files_download("/long.txt")
    assert response.content == CONTENT * 3

    page = client.files_list_folder("", limit=1)
    while page.has_more:
        page = client.files_list_folder_continue(page.cursor)
    client.files_delete_v2("/long.txt")
    return {}


report = {"routes": call_routes, "scenario": scenario}[job["do"]]()
json.dump(report, sys.stdout)
