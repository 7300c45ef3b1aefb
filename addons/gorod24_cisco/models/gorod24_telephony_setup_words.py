# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a failed check means and what to do, in sentences for the administrator."""

from odoo import models


class TelephonySetup(models.Model):
    _inherit = "gorod24.telephony.setup"

    def _cisco_words(self, code, facts, check=""):
        """Return (what was found, what to do) for the code of a failed check."""
        facts = {key: str(value) for key, value in facts.items()}
        host = facts.get("host") or "?"
        known = {
            **self._words_of_connector(),
            **self._words_of_network(host),
            **self._words_of_finesse(host, facts),
            **self._words_of_xmpp(host, facts),
            **self._words_of_operator(facts),
            **self._words_of_door(host, facts),
            **self._words_of_folders(facts),
        }
        if code == "http" and check == "event_door":
            code = "http_door"
        unknown = self.env._("The check failed: %(code)s.", code=code or "?")
        return known.get(code) or (unknown, self.env._("See the connector's log."))

    def _words_of_connector(self):
        restart = self.env._("On the host: systemctl status gorod24-cisco.")
        return {
            "no_connector": (
                self.env._("The server does not know where the connector is."),
                self.env._(
                    "Set gorod24_connector_url and gorod24_connector_token in the"
                    " settings of the server, then restart Odoo."
                ),
            ),
            "connector_refused": (
                self.env._("The connector does not run: nobody answers its port."),
                restart,
            ),
            "connector_timeout": (
                self.env._("The connector does not answer in time."),
                restart,
            ),
            "connector_token": (
                self.env._("The connector does not accept our key."),
                self.env._("GOROD24_CONNECTOR_TOKEN must be the same in both places."),
            ),
            "connector_old": (
                self.env._("The connector is older than this wizard."),
                self.env._("Update the addons on its computer and restart it."),
            ),
            "connector_answer": (
                self.env._("Something else than the connector answers there."),
                self.env._("Check the address and port of the connector."),
            ),
            "not_configured": (
                self.env._("Not set up in the running connector."),
                self.env._(
                    "If it is needed: fill it in at “Exchange”, put the file on the"
                    " host and restart the connector."
                ),
            ),
        }

    def _words_of_network(self, host):
        fire = self.env._("Check the network and the firewall on the way there.")
        env = self.env
        return {
            "no_host": (
                env._("The name %(host)s is not found (DNS).", host=host),
                env._("Check the address and the DNS of the connector's computer."),
            ),
            "refused": (
                env._(
                    "%(host)s refuses the connection: nobody listens there.", host=host
                ),
                env._("Check the port and whether the service runs there."),
            ),
            "timeout": (env._("%(host)s does not answer in time.", host=host), fire),
            "unreachable": (env._("%(host)s cannot be reached.", host=host), fire),
            "certificate": (
                env._("The certificate of %(host)s is not trusted.", host=host),
                env._("Name the file of your own authority (CA) at “Exchange”."),
            ),
            "certificate_name": (
                env._("The certificate of %(host)s is for another name.", host=host),
                env._("Write the address as it stands in the certificate."),
            ),
            "certificate_expired": (
                env._("The certificate of %(host)s has expired.", host=host),
                env._("Renew the certificate on the exchange."),
            ),
            "not_tls": (
                env._("%(host)s answers there without TLS.", host=host),
                env._("Check the port (8445 REST, 5223 XMPP) and the encryption."),
            ),
            "not_http": (
                env._("What answers at %(host)s is no web service.", host=host),
                env._("Check the port: 8445 for Finesse."),
            ),
        }

    def _words_of_finesse(self, host, facts):
        env, status = self.env, facts.get("status", "")
        port = env._("Check the address: https://…:8445/finesse/api.")
        wait = env._("Wait until the node is up, or restart Finesse on it.")
        return {
            "out_of_service": (
                env._("%(host)s says %(status)s.", host=host, status=status),
                wait,
            ),
            "other_domain": (
                env._(
                    "%(host)s has the domain %(domain)s, we are set to %(wanted)s.",
                    host=host,
                    domain=facts.get("xmpp_domain"),
                    wanted=facts.get("wanted"),
                ),
                env._("Leave “XMPP domain” empty: it is asked by itself."),
            ),
            "http": (
                env._("%(host)s answers HTTP %(status)s.", host=host, status=status),
                port,
            ),
            "refused_by_finesse": (
                env._("Finesse refuses: %(status)s.", status=status),
                port,
            ),
            "not_finesse": (env._("What answers there is not Finesse."), port),
        }

    def _words_of_xmpp(self, host, facts):
        env = self.env
        place = f"{host}:{facts.get('port', '?')}"
        mode = env._("Change “Encryption of XMPP” at “Exchange”.")
        return {
            "no_domain": (
                env._(
                    "The XMPP domain is unknown: %(host)s does not tell it.", host=host
                ),
                env._("Mend the REST of this node first, or fill the domain in."),
            ),
            "unknown_domain": (
                env._(
                    "%(place)s does not serve the domain %(domain)s.",
                    place=place,
                    domain=facts.get("domain"),
                ),
                env._("Leave “XMPP domain” empty: it is asked by itself."),
            ),
            "no_starttls": (env._("%(place)s offers no STARTTLS.", place=place), mode),
            "tls_required": (env._("%(place)s wants encryption.", place=place), mode),
            "not_xmpp": (
                env._("What answers at %(place)s is no XMPP.", place=place),
                env._(
                    "Check the port: 5223 with TLS, 5222 with STARTTLS, 7443 by"
                    " WebSocket or BOSH."
                ),
            ),
            "stream_refused": (
                env._("%(place)s refuses the XMPP stream.", place=place),
                env._("Look into the log of Finesse's notification service."),
            ),
        }

    def _words_of_operator(self, facts):
        env, agent = self.env, facts.get("agent") or "?"
        return {
            "unknown_agent": (
                env._("The connector has no agent %(agent)s.", agent=agent),
                env._("Put the new settings file on the host and restart it."),
            ),
            "password": (
                env._("The password of agent %(agent)s is refused.", agent=agent),
                env._("Correct it in the file of secrets (connector.env) on the host."),
            ),
            "no_user": (
                env._("The exchange has no agent %(agent)s.", agent=agent),
                env._("Compare with the list of agents of the exchange."),
            ),
            "operator_refused": (
                env._("Finesse refuses: %(status)s.", status=facts.get("status", "")),
                env._("Is the agent allowed to use Finesse?"),
            ),
            "other_extension": (
                env._(
                    "Agent %(agent)s sits at %(there)s, we have %(here)s.",
                    agent=agent,
                    there=facts.get("at_exchange"),
                    here=facts.get("extension"),
                ),
                env._("Correct the telephone at the step “Operators”."),
            ),
            "no_link": (
                env._(
                    "REST lets agent %(agent)s in, but his XMPP link is not open.",
                    agent=agent,
                ),
                env._("Check XMPP above; the connector tries again by itself."),
            ),
        }

    def _words_of_door(self, host, facts):
        env = self.env
        return {
            "token": (
                env._("Odoo does not accept the connector's key."),
                env._("GOROD24_TELEPHONY_TOKEN must be the same in both places."),
            ),
            "http_door": (
                env._(
                    "At %(host)s the event door answers HTTP %(status)s.",
                    host=host,
                    status=facts.get("status"),
                ),
                env._("Check the address of Odoo; with several bases set dbfilter."),
            ),
            "rejected": (
                env._("Odoo answered the probe otherwise than expected."),
                env._("Have Odoo and the connector the same version?"),
            ),
            "media_password": (
                env._("MediaSense refuses the user or the password."),
                env._("Correct GOROD24_MEDIASENSE_PASSWORD on the host."),
            ),
            "mediasense": (
                env._("MediaSense answers with an error: %(detail)s", **_detail(facts)),
                env._("Look into the administration of MediaSense."),
            ),
        }

    def _words_of_folders(self, facts):
        env, folder = self.env, facts.get("folder") or "?"
        owner = env._(
            "Give it to the user of the service: chown gorod24 %(folder)s",
            folder=folder,
        )
        return {
            "no_folder": (
                env._("There is no folder %(folder)s.", folder=folder),
                env._("Make it on the connector's computer, or correct the path."),
            ),
            "not_readable": (
                env._("The folder %(folder)s cannot be read.", folder=folder),
                owner,
            ),
            "not_writable": (
                env._("Files cannot be moved to or from %(folder)s.", folder=folder),
                owner,
            ),
            "other_disk": (
                env._("%(folder)s lies on another disk.", folder=folder),
                env._("Put all three folders on one disk: files are moved at once."),
            ),
        }


def _detail(facts):
    return {"detail": facts.get("detail", "")}
