"""A keyring on a bus of its own, for as long as credentials are measured."""

import contextlib
import shutil
import subprocess

PROGRAMS = ["dbus-daemon", "gnome-keyring-daemon", "dbus-send", "secret-tool"]


def can_run():
    return all(map(shutil.which, PROGRAMS))


def is_there(environment):
    question = subprocess.run(
        ["dbus-send", "--print-reply", "--dest=org.freedesktop.DBus", "/",
         "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
        env=environment, capture_output=True, text=True, check=True)
    return "true" in question.stdout


@contextlib.contextmanager
def running(folder, environment):
    """Unlocked and empty; `environment` leads to it meanwhile."""
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    before = dict(environment)
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    environment["HOME"] = str(folder)
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        daemon.stdin.write(b"its password")
        daemon.stdin.close()
        while not is_there(environment):
            pass
        yield
    finally:
        for process in (daemon, bus):
            process.terminate()
            process.wait()
        environment.clear()
        environment.update(before)
