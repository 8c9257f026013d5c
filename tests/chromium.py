"""A headless Chromium, spoken to by the Chrome DevTools Protocol over a pipe; the standard library alone."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

PATIENCE_SECONDS = 120


class Chromium:
    """A browser with a profile of its own; use it with `with`."""

    def __init__(self):
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        if program is None:
            sys.exit("chromium: expected on the PATH, found none; install it")
        self.profile = tempfile.TemporaryDirectory(prefix="chromium.", ignore_cleanup_errors=True)
        to_browser, self.out = os.pipe()
        self.answers, from_browser = os.pipe()
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--remote-debugging-pipe",
            "--user-data-dir=" + self.profile.name, "about:blank",
        ]

        def connect():  # Chromium reads file 3 and writes file 4.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            command, preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.reader = os.fdopen(self.answers, "rb")
        self.last = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.reader.close()
        os.close(self.out)
        self.profile.cleanup()

    def call(self, method, session=None, **parameters):
        """Asks for something and waits for the answer."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.last:
                if "error" in answer:
                    sys.exit("%s: %s" % (method, answer["error"]))
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, event, session):
        """Waits for an event of a page."""
        while True:
            for one in self.events:
                if one.get("method") == event and one.get("sessionId") == session:
                    self.events.clear()
                    return
            self.events.append(self._next())

    def open(self, file, width, height):
        """Opens a file in a tab of its own and waits until it is loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Emulation.setDeviceMetricsOverride", session,
                  width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.events.clear()
        self.call("Page.navigate", session, url="file://" + os.path.abspath(file))
        self.wait_for("Page.loadEventFired", session)
        return Page(self, target, session)

    def _next(self):
        message = bytearray()
        while (byte := self.reader.read(1)) != b"\0":
            if not byte:
                sys.exit("chromium: expected an answer, found that it ended; start it by hand to see why")
            message += byte
        return json.loads(message)


class Page:
    """A page that is open."""

    def __init__(self, browser, target, session):
        self.browser, self.target, self.session = browser, target, session

    def evaluate(self, expression):
        """The value of a JavaScript expression; of a promise what it comes to."""
        answer = self.browser.call(
            "Runtime.evaluate", self.session, expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            sys.exit("%s: %s" % (expression, answer["exceptionDetails"]))
        return answer["result"].get("value")

    def drag(self, points):
        """Presses the mouse at the first point, moves it through all others and lets it go."""
        def mouse(kind, x, y):
            self.browser.call(
                "Input.dispatchMouseEvent", self.session, type=kind, x=x, y=y, button="left", clickCount=1)
        mouse("mousePressed", *points[0])
        for point in points:
            mouse("mouseMoved", *point)
        mouse("mouseReleased", *points[-1])

    def picture(self, width, top=0, height=None):
        """A part of the page as PNG, in full width; the whole page without a height."""
        height = height or self.evaluate("document.documentElement.scrollHeight")
        data = self.browser.call(
            "Page.captureScreenshot", self.session, format="png", captureBeyondViewport=True,
            clip={"x": 0, "y": top, "width": width, "height": height, "scale": 1})["data"]
        return base64.b64decode(data)

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)
