# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A mail server on this machine that takes letters, or refuses named recipients."""

import email
import email.policy
import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    """One client speaking SMTP (RFC 5321, the part that every client uses)."""

    def handle(self):
        self._answer("220 sink ready")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not self._obey(verb.upper(), rest):
                return

    def _obey(self, verb, rest):
        if verb == "QUIT":
            self._answer("221 bye")
            return False
        if verb == "RCPT" and any(name in rest for name in self.server.refused):
            self._answer("550 no such mailbox")
        elif verb == "DATA":
            self._answer("354 go on")
            self._take_letter()
            self._answer("250 taken")
        else:
            self._answer("250 ok")
        return True

    def _take_letter(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.letters.append(letter)

    def _answer(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class SmtpSink(socketserver.ThreadingTCPServer):
    """``letters`` taken so far; recipients containing a text of ``refused`` fail."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters = []
        self.refused = []

    @property
    def port(self):
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc):
        self.shutdown()
        self.server_close()
