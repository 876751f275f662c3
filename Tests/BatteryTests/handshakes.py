"""S-18: what the scanners of others find in the site's own TLS: sslyze, and testssl.sh."""

import json
import os
import re
import shutil
import socket
import subprocess
import time

from cluster import free_ports
from program import ROOT, Server, World
from trials import Skipped, Verdict

#: docs/decisions/022-tls.md.
SUITES = re.compile("TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305_SHA256)"
                    "|TLS_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)")
STRICT = {"max_age": 31_536_000, "include_subdomains": True}
KEYS = {"ec": ("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"), "rsa": ("rsa:2048",)}
#: What testssl.sh says beside "OK" and "INFO", and need not be mended; the rest is a fault.
EXPLAINED = {
    "engine_problem": "of the scanner's own openssl",
    "scanTime": "how long the scan took",
    "cipher_order": "every suite that is spoken is strong: the client, who knows what its processor does well, may choose",
    "cert_chain_of_trust": "the trial's certificate is signed by itself",
    "cert_expirationStatus": "the trial's certificate is for three days",
    "cert_notAfter": "the trial's certificate is for three days",
    "cert_revocation": "the trial's certificate has no authority that could revoke it",
    "BREACH": "pages are compressed; the secrets in them, the tokens of forms, are masked anew in each answer",
}


def tool(name):
    """A program of setup/scanners.txt, or of the machine."""
    found = shutil.which(name, path=os.pathsep.join([os.path.join(ROOT, ".build-tools", "scanners", "bin"), os.environ["PATH"]]))
    if not found:
        raise Skipped(f"{name} is not installed")
    return found


class SecretServer(Server):
    """The same in TLS."""

    def _port(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(r"https://127\.0\.0\.1:(\d+)", self._text(self.output))
            if found:
                return int(found.group(1))
            time.sleep(0.01)
        self.process.kill()
        raise AssertionError("maillage serve does not answer in TLS: " + self.said)


class WeakServer:
    """The control: a server of openssl that speaks TLS 1.0 and 1.1, and weak suites. It answers no page as the site does."""

    def __init__(self, folder, certificate, key):
        self.port, = free_ports(1)
        # The machine's own settings may forbid what is planted.
        settings = os.path.join(folder, "openssl.cnf")
        with open(settings, "w", encoding="utf-8") as file:
            file.write("openssl_conf = first\n[first]\n")
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", f"127.0.0.1:{self.port}", "-cert", certificate, "-key", key, "-www", "-quiet",
             "-cipher", "ALL:@SECLEVEL=0", "-client_renegotiation"],
            env={**os.environ, "OPENSSL_CONF": settings}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def runs(self):
        return self.process.poll() is None

    def __enter__(self):
        end = time.monotonic() + 30
        while self.runs and time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
                break
            except OSError:
                time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(30)


def sslyze(port, folder):
    """What sslyze finds, one line each."""
    path, faults = os.path.join(folder, "sslyze.json"), []
    subprocess.run(
        [tool("sslyze"), "--quiet", f"--json_out={path}", "--mozilla_config=disable", "--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1",
         "--tlsv1_2", "--tlsv1_3", "--early_data", "--reneg", "--compression", "--heartbleed", "--openssl_ccs", "--fallback", "--robot",
         "--ems", "--elliptic_curves", "--http_headers", f"localhost:{port}"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=600)
    with open(path, encoding="utf-8") as file:
        scanned, = json.load(file)["server_scan_results"]
    scan = scanned["scan_result"]
    if scan is None:
        return [f"unread: sslyze: {scanned['connectivity_error_trace']}"]

    def read(name):
        if scan[name]["status"] != "COMPLETED":
            faults.append(f"unread: sslyze: {name}: {scan[name]['status']}, {scan[name]['error_reason']}")
            return None
        return scan[name]["result"]

    def must(name, key, good):
        result = read(name)
        if result is not None and result[key] not in good:
            faults.append(f"weak: sslyze: {name}: {key} is {result[key]}")

    for version in ("ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1", "tls_1_2", "tls_1_3"):
        result = read(version + "_cipher_suites")
        if result is None:
            continue
        spoken = [one["cipher_suite"]["name"] for one in result["accepted_cipher_suites"]]
        if version in ("tls_1_2", "tls_1_3"):
            faults += [f"weak: sslyze: {version}: {suite}" for suite in spoken if not SUITES.fullmatch(suite)]
            if not spoken:
                faults.append(f"silent: {version} is not spoken")
        elif result["is_tls_version_supported"] or spoken:
            faults.append(f"weak: sslyze: {version} is spoken: {spoken}")
    must("tls_compression", "supports_compression", [False])
    must("tls_1_3_early_data", "supports_early_data", [False])
    must("openssl_ccs_injection", "is_vulnerable_to_ccs_injection", [False])
    must("heartbleed", "is_vulnerable_to_heartbleed", [False])
    must("robot", "robot_result", ["NOT_VULNERABLE_RSA_NOT_SUPPORTED", "NOT_VULNERABLE_NO_ORACLE"])
    must("session_renegotiation", "supports_secure_renegotiation", [True])
    must("session_renegotiation", "is_vulnerable_to_client_renegotiation_dos", [False])
    must("session_renegotiation", "client_renegotiations_success_count", [0])
    must("tls_fallback_scsv", "supports_fallback_scsv", [True])
    must("tls_extended_master_secret", "supports_ems_extension", [True])
    curves = read("elliptic_curves")
    if curves is not None:
        faults += [f"weak: sslyze: curve {one['name']}" for one in curves["supported_curves"] or []
                   if one["name"] not in ("X25519", "secp256r1", "secp384r1", "secp521r1")]
    headers = read("http_headers")
    if headers is not None:
        strict = headers["strict_transport_security_header"] or {}
        if {key: strict.get(key) for key in STRICT} != STRICT:
            faults.append(f"weak: sslyze: Strict-Transport-Security is {strict or 'missing'}")
    return faults


def testssl(port, folder):
    """What testssl.sh finds and nothing explains, one line each."""
    path, log = os.path.join(folder, "testssl.json"), os.path.join(folder, "testssl.log")
    if os.path.exists(path):
        os.unlink(path)
    with open(log, "wb") as said:
        subprocess.run(
            [tool("testssl"), "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "--jsonfile", path,
             "-p", "-s", "-f", "-P", "-S", "-h", "-U", f"https://localhost:{port}/"],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=1_800)
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    told = {one["id"]: one for one in found}
    faults = [f"unread: testssl.sh says nothing of {name}" for name in
              ("TLS1", "TLS1_1", "TLS1_2", "TLS1_3", "cipherlist_NULL", "heartbleed", "CCS", "ROBOT", "secure_renego",
               "secure_client_renego", "CRIME_TLS", "BEAST", "LUCKY13", "RC4", "HSTS_time") if name not in told]
    for one in found:
        if one["severity"] not in ("OK", "INFO", "DEBUG") and one["id"] not in EXPLAINED:
            # A warning is a look that could not be taken.
            word = "unread" if one["severity"] == "WARN" else "weak"
            faults.append(f"{word}: testssl.sh: {one['id']}: {one['severity']}: {one['finding']}")
    return faults


SCANNERS = {"sslyze": sslyze, "testssl.sh": testssl}


def handshakes(scanners=("sslyze",), keys=("ec",), weak=False):
    """S-18: each scanner, on a site with a certificate of each kind of key.

    The control (`weak`) is another server, of whose TLS 1.1 every scanner must tell."""
    faults, seen = [], {}
    for name in scanners:
        tool({"testssl.sh": "testssl"}.get(name, name))
    for kind in keys:
        environment = {"MAILLAGE_BASE_URL": "https://localhost"}
        with World(1, journal=False, extra=environment) as world:
            key, certificate = (os.path.join(world.folder, name) for name in ("site.key", "site.pem"))
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", *KEYS[kind], "-nodes", "-keyout", key, "-out", certificate, "-days", "3",
                 "-subj", "/CN=essai", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
            os.chmod(key, 0o600)
            world.environment.update(MAILLAGE_TLS_CERTIFICATE=certificate, MAILLAGE_TLS_KEY=key)
            with WeakServer(world.folder, certificate, key) if weak else SecretServer(world) as server:
                for name in scanners:
                    start = time.monotonic()
                    found = SCANNERS[name](server.port, world.folder)
                    seen[f"{name}_{kind}"] = f"{time.monotonic() - start:.0f} s"
                    faults += [f"{fault} ({kind})" for fault in found]
                    # Not for want of the site's headers: for what is planted.
                    if weak and not any(re.match(r"weak: \S+ tls_?1_1\b", fault, re.IGNORECASE) for fault in found):
                        return Verdict("S-18 handshakes", [f"{name} does not tell of TLS 1.1"], **seen)
                if not server.runs:
                    faults.append("the server is gone")
    return Verdict("S-18 handshakes", faults, **seen)
