# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Many events at once: what they say of their calls is found and written as a set.

When thirty telephones ring in one instant, thirty calls are made by one insert. Only
what the names of calls do not settle by themselves goes event by event: calls that turn
out to be one, names used again, the journal's rows that are matched by time.
Everything here runs as superuser inside ``serialised``.
"""

from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models

from ..conversation import Conversation, Ref, bundles, fold
from ..conversation.same import AT_ONCE

# What recordings are matched by.
TIMES = {"extension", "started_at", "ended_at", "end_guessed"}


@dataclass
class Story:
    """What the door was just told of one call.

    :param call: the locked record; empty when it is to be made.
    :param events: the new :class:`Event`; the call's earlier ones are in the journal.
    :param names: references by which the call is not known yet.
    :param before: what the operators were shown, filled in by ``_tell``.
    """

    call: models.Model
    events: list
    names: tuple[Ref, ...] = ()
    may_pop: bool = False
    conversation: Conversation | None = None
    before: dict | None = None
    was_due: bool = False
    was_answered: bool = False


class Call(models.Model):
    _inherit = "gorod24.call"

    @api.model
    def _take_in(self, events, ended, source):
        """Make or complete the calls of call ``events``, none of which is known yet.

        :param ended: see ``conversation.ended_keys``.
        :param source: the record of who brought them.
        """
        may_pop = self.env["gorod24.call.event"]._may_pop
        stories, knotty = self._stories(events)
        for story in stories:
            story.may_pop = any(may_pop(event, ended) for event in story.events)
        self._tell(stories, source)
        for event in knotty:
            story = Story(self._for_event(event), [event])
            story.may_pop = may_pop(event, ended)
            self._tell([story], source)

    @api.model
    def _stories(self, events):
        """Return (stories, events that have to be looked at one by one)."""
        known = defaultdict(self.browse)
        refs = {ref for event in events for ref in event.refs}
        for ref in self.env["gorod24.call.ref"]._of(refs):
            known[Ref(ref.system, ref.kind, ref.value)] |= ref.call_id
        doubtful = self._telephones_by_time(events)
        # read together: one by one, thirty calls that end at once cost a hundred reads
        read_together = self.union(*known.values()).ids
        plain, knotty, told = self.browse(), [], {}
        for group in bundles(events):
            names = {ref for event in group for ref in event.refs}
            timely = [self._on_our_clock(event) for event in group]
            call = self.union(*(known[ref] for ref in names & known.keys()))
            call = call.with_prefetch(read_together)
            if not call._is_plain(timely, doubtful):
                knotty += group
                continue
            plain |= call
            # Names that nothing joins here may have been found to be of one call.
            story = told.setdefault(call.id or group[0].event_id, Story(call, []))
            story.events += group
            story.names += tuple(sorted(names - known.keys()))
        plain._lock_rows()
        together = {call.id: call for call in plain}
        for story in told.values():
            story.call = together.get(story.call.id, story.call)
        return list(told.values()), knotty

    def _is_plain(self, group, doubtful):
        """Do the names alone settle that the events of ``group`` are of this call?

        :param self: the calls their names lead to, retired ones too.
        :param doubtful: see ``_telephones_by_time``.
        """
        moments = [event.at for event in group]
        # A name used again within hours: the single way asks number and telephone.
        if len(self) > 1 or max(moments) - min(moments) > AT_ONCE:
            return False
        if self and not all(map(self._is_about, group)):
            return False
        return not any(self._may_go_by_time(event, doubtful) for event in group)

    @api.model
    def _tell(self, stories, source):
        """Fold the calls again after their news; send each operator what changed."""
        for story in stories:
            story.was_due = story.call.card_due
            story.was_answered = bool(story.call.answered_at)
            story.before = {leg.user_id: leg._shown() for leg in story.call.leg_ids}
        moved = self._fold(stories, source)
        moved.recording_ids._match_anew()
        over = self.union(*(story.call for story in stories))
        self.env["gorod24.call.quality"]._catch_up(
            over.filtered(lambda call: call.state == "ended")
        )
        popped = self.env["gorod24.call.leg"]
        for story in stories:
            story.call._link_dial()
            popped |= story.call._announce(story.before, story.may_pop)
        popped.popped = True
        # In one order everywhere: two processes never wait for each other's duties.
        calls = self.browse(story.call.id for story in stories)
        answered = self.browse(one.call.id for one in stories if not one.was_answered)
        owed = calls._are_owed_a_callback(answered)
        for story in sorted(stories, key=_by_number):
            call = story.call
            if call in owed:
                call._update_callback()
            if call.card_due != story.was_due:
                call._tell_card_due()
        self.env["gorod24.recording"]._match_soon(
            calls.filtered(lambda call: call.state == "ended")
        )

    @api.model
    def _fold(self, stories, source=None):
        """Write what all events of each call, taken together, say.

        :return: the calls whose legs known before have other times now.
        """
        for story in stories:
            told = [*story.call.event_ids._parsed(), *story.events]
            story.conversation = fold(map(self._on_our_clock, told))
        telephones = self._telephones(stories)
        persons = self._persons(stories)
        fresh = []
        for story in stories:
            facts = story.call._prepare_facts(story.conversation, telephones, persons)
            if story.call:
                write_changes(story.call, facts)
            else:
                fresh.append((story, facts))
        for (story, _facts), call in zip(
            fresh, self.create([facts for _story, facts in fresh]), strict=True
        ):
            story.call = call
        self._keep_news(stories, telephones, source)
        return self._store_legs(stories, telephones)

    @api.model
    def _telephones(self, stories):
        """Return whose the telephones of the folded ``stories`` are."""
        agents, extensions = set(), set()
        for story in stories:
            agents.update(event.agent_id for event in story.events)
            for leg in story.conversation.legs:
                agents.add(leg.agent_id)
                if not leg.agent_id:
                    extensions.add(leg.extension)
        return self.env["res.users"]._by_telephone(agents - {""}, extensions - {""})

    @api.model
    def _persons(self, stories):
        """Return {number: partner id} for the numbers that are news.

        And for those they replace: whose they were may have been taken for the citizen.
        """
        numbers = set()
        for story in stories:
            both = {story.conversation.remote_number, story.call.number_raw or ""}
            if len(both) > 1:
                numbers |= both
        return self.env["gorod24.phone"]._lone_persons(numbers - {""})

    @api.model
    def _keep_news(self, stories, telephones, source):
        """Put the events into the journal, and their names on the calls."""
        refs = [
            dict(vars(ref), call_id=story.call.id)
            for story in stories
            for ref in story.names
        ]
        self.env["gorod24.call.ref"].create(refs)
        Event = self.env["gorod24.call.event"]
        Event.create(
            [
                dict(
                    Event._prepare_vals(event, telephones),
                    source_id=source.id,
                    call_id=story.call.id,
                )
                for story in stories
                for event in story.events
            ]
        )

    @api.model
    def _store_legs(self, stories, telephones):
        fresh, gone = [], self.env["gorod24.call.leg"]
        moved = self.browse()
        for story in stories:
            existing = {leg.key: leg for leg in story.call.leg_ids}
            for key, vals in self._prepare_legs(story.conversation, telephones):
                known = existing.pop(key, None)
                if not known:
                    fresh.append(dict(vals, key=key, call_id=story.call.id))
                elif TIMES & write_changes(known, vals):
                    moved |= story.call
            for leg in existing.values():
                moved |= story.call
                gone |= leg
        gone.unlink()
        self.env["gorod24.call.leg"].create(fresh)
        return moved

    @api.model
    def _prepare_legs(self, conversation, telephones):
        """Yield (key, values) of each leg of the folded conversation."""
        turns = {}
        for leg in conversation.legs:
            turns[leg.key] = turns.get(leg.key, 0) + 1
            vals = {
                "user_id": self._whose(
                    telephones, leg.agent_id, leg.extension, leg.started_at
                ),
                "direction": conversation.direction,
                "extension": leg.extension or False,
                "number": leg.number or False,
                "end_reason": leg.end_reason or False,
                "state": leg.state,
                "consult": leg.consult,
                "end_guessed": leg.end_guessed,
                "hold_seconds": leg.hold_seconds,
            }
            for name in ("started_at", "answered_at", "ended_at", "held_since"):
                vals[name] = whole_seconds(getattr(leg, name))
            yield f"{leg.key}#{turns[leg.key]}", vals

    @api.model
    def _whose(self, telephones, agent_id, extension, moment):
        """Return the id of the operator at a telephone at ``moment``, or False."""
        sat = False
        if not agent_id and extension:
            # The journal knows desks only; people change desks.
            key = extension, whole_seconds(moment)
            if key not in telephones.sat:
                Event = self.env["gorod24.call.event"]
                telephones.sat[key] = Event._who_sat(extension, moment)
            sat = telephones.sat[key]
        return sat or telephones.user_of(agent_id, extension)


def whole_seconds(moment):
    """Return the moment as the database keeps it: whole seconds, or False."""
    return moment.replace(microsecond=0) if moment else False


def write_changes(record, vals):
    """Write only what differs: most events change two or three columns.

    :return: the set of names written.
    """
    changed = {
        name: value
        for name, value in vals.items()
        if record._fields[name].convert_to_write(record[name], record) != value
    }
    if changed:
        record.write(changed)
    return set(changed)


def _by_number(story):
    return story.call.number_e164 or "", story.call.id
