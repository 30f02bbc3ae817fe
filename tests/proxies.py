"""nginx and Caddy for tests, with the examples of ``deploy/`` on this machine, under a certificate of the tests."""

import http.client
import os
import re
import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import trustme
from servers import free_port, running
from serving import PATIENCE, HttpAnswer, RunningServer

from graph import HOME

DEPLOY = HOME / "deploy"
PROGRAMS = {name: shutil.which(name) or shutil.which(f"/usr/sbin/{name}") for name in ("nginx", "caddy")}
ROOT, PREFIXED = "https://graph.example.org/", "https://www.example.org/graf/"
# A prefix with letters that have to be written otherwise in an address: "/møte graf&/".
ODD = "https://www.example.org/m%C3%B8te%20graf%26/"
# What surrounds a site of nginx: everything that it writes is in its own folder.
_NGINX = """
daemon off;
{user}
pid nginx.pid;
error_log error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {site}
}}
"""
# Caddy asks nobody for a certificate, and lets nobody change its settings.
_CADDY = """
{{
	admin off
	storage file_system {folder}/storage
	http_port {http}
	https_port {https}
	skip_install_trust
}}
{site}
"""


@dataclass(frozen=True)
class Site:
    """A site behind a proxy: the URL at which the world reaches it, the server, and where the proxy is."""

    url: str
    server: RunningServer
    https: int
    http: int
    tls: ssl.SSLContext

    def ask(self, url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HttpAnswer:
        """Return the answer at a URL, which may be relative; ``_`` in a header's name stands for ``-``."""
        parts = urlsplit(urljoin(self.url, url))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        named = {"Host": parts.netloc} | {name.replace("_", "-"): value for name, value in headers.items()}
        # A proxy that finds a client too fast says so: 429.
        for _ in range(100):
            connection = self._connection(parts.scheme, str(parts.hostname))
            try:
                connection.request(method, path, body, named)
                answer = connection.getresponse()
                received = {name.lower(): value for name, value in answer.getheaders()}
                if answer.status != 429:
                    return HttpAnswer(answer.status, received, answer.read())
            finally:
                connection.close()
            time.sleep(0.1)
        raise AssertionError("the proxy says 429 again and again")

    def _connection(self, scheme: str, host: str) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection("127.0.0.1", self.http, timeout=PATIENCE)
        connection = http.client.HTTPSConnection("127.0.0.1", self.https, timeout=PATIENCE)
        plain = socket.create_connection(("127.0.0.1", self.https), PATIENCE)
        connection.sock = self.tls.wrap_socket(plain, server_hostname=host)
        return connection


@contextmanager
def proxied(program: str, server: RunningServer, url: str, folder: Path) -> Iterator[Site]:
    """Run nginx or Caddy before a server, as the example for the root or that for the prefix says."""
    authority = trustme.CA()
    certificate = authority.issue_cert(str(urlsplit(url).hostname))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "fullchain.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "privkey.pem"))
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    site = Site(url, server, free_port(), free_port(), tls)
    write = {"nginx": _write_nginx, "caddy": _write_caddy}[program]
    command = write(folder, site)
    with running([str(PROGRAMS[program]), *command], folder / "output.log", cwd=folder):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", site.https), 1).close()
                break
            except OSError:
                written = "".join(log.read_text(encoding="utf-8") for log in folder.glob("*.log"))
                assert time.monotonic() < end, written
                time.sleep(0.05)
        yield site


def _write_nginx(folder: Path, site: Site) -> list[str]:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = _replaced(text, "127.0.0.1:8077", f"127.0.0.1:{site.server.port}")
    if site.url != ROOT:
        # The other site, of which the example is a part.
        text = text[: text.index("    # The server answers longer")] + "    include prefix.conf;\n}\n"
        text = text.replace("graph.example.org", "www.example.org")
        prefix = (DEPLOY / "nginx-prefix.conf").read_text(encoding="utf-8")
        if site.url == ODD:
            # nginx compares the path as it is meant, and sends on a redirect what stands there.
            path = urlsplit(site.url).path
            prefix = _replaced(prefix, "308 /graf/;", f'308 "{path}";')
            prefix = re.sub(r"(location (?:[=~] )?)(\S*/graf\S*)", r'\1"\2"', prefix).replace(
                "/graf", unquote(path)[:-1]
            )
        (folder / "prefix.conf").write_text(_with_proxy_settings(prefix), encoding="utf-8")
    else:
        text = _with_proxy_settings(text)
    text = _replaced(text, "listen 443 ", f"listen 127.0.0.1:{site.https} ")
    text = _replaced(text, "listen 80;", f"listen 127.0.0.1:{site.http};")
    text = re.sub(r"/etc/letsencrypt/live/[^/]+/", f"{folder}/", text)
    shutil.copy(DEPLOY / "nginx-proxy.conf", folder / "motegraf-proxy.conf")
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(user=user, site=text), encoding="utf-8")
    return ["-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]


def _with_proxy_settings(text: str) -> str:
    return _replaced(text, "/etc/nginx/motegraf-proxy.conf", "motegraf-proxy.conf")


def _write_caddy(folder: Path, site: Site) -> list[str]:
    name = "Caddyfile-prefix" if site.url == PREFIXED else "Caddyfile"
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = _replaced(text, "127.0.0.1:8077", f"127.0.0.1:{site.server.port}")
    [start] = re.findall(r"^\S+example\.org\}? \{\n", text, re.MULTILINE)
    text = _replaced(text, start, f"{start}\tbind 127.0.0.1\n\ttls fullchain.pem privkey.pem\n")
    text = _CADDY.format(folder=folder, http=site.http, https=site.https, site=text)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return ["run", "--config", "Caddyfile", "--adapter", "caddyfile"]


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the example"
    return text.replace(old, new)
