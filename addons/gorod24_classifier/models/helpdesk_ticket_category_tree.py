# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what the tree of a classifier shows, level by level.

A tree is that of one classifier. A node of another classifier may stand in it as a
guest: the starter set keeps national questions in the town's own groups. In the tree
of its own classifier a guest is shown at the top level, and is moved only where it
stands. The number of queries does not depend on the number of nodes.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, unique

TREE_FIELDS = (
    "name",
    "code",
    "sequence",
    "parent_id",
    "parent_path",
    "classifier_id",
    "is_topic",
    "active",
    "urgency",
    "danger",
    "season_from",
    "season_to",
    "valid_from",
    "valid_to",
    "use_count",
    "replaced_by_id",
)
SEARCH_LIMIT = 200


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    @api.model
    @api.readonly
    def get_tree_start(self):
        """What the tree needs first: {"can_edit", "classifiers": [{"id", "name",
        "kind", "edition", "count"}]}; the classifier 0 holds nodes that have none.
        """
        classifiers = self.env["gorod24.classifier"].search([])
        counts = dict(self._read_group([], ["classifier_id"], ["__count"]))
        entries = [
            {
                "id": classifier.id,
                "name": classifier.name,
                "kind": classifier.kind,
                "edition": classifier.edition or "",
                "count": counts.get(classifier, 0),
            }
            for classifier in classifiers
        ]
        loose = counts.get(self.env["gorod24.classifier"], 0)
        if loose or not entries:
            name = self.env._("Without classifier")
            entries.append(
                {"id": 0, "name": name, "kind": "", "edition": "", "count": loose}
            )
        return {"can_edit": self._can_edit_tree(), "classifiers": entries}

    @api.model
    def _can_edit_tree(self):
        """Curators keep the tree: they may also archive what others still use."""
        archive = self.env["gorod24.topic.archive"]
        return self.has_access("write") and archive.has_access("create")

    @api.model
    @api.readonly
    def get_tree_levels(self, classifier_id, parent_ids, archived=False):
        """The nodes under some parents, in order.

        :param classifier_id: the tree; 0 for nodes without classifier
        :param parent_ids: parents whose children are wanted; 0 is the top level
        :param archived: archived nodes too
        :return: {parent id as text: [node, see `_prepare_tree_node`]}
        """
        parents = {int(parent or 0) for parent in parent_ids}
        domain = Domain("parent_id", "in", list(parents - {0}))
        if 0 in parents:
            domain |= self._get_tree_top_domain(classifier_id, archived)
        nodes = self._search_tree_nodes(domain, archived)
        levels = {str(parent): [] for parent in parents}
        self._fill_tree_levels(levels, nodes, classifier_id, archived)
        return levels

    @api.model
    @api.readonly
    def search_tree(self, classifier_id, text, archived=False, limit=SEARCH_LIMIT):
        """The nodes with all the words, in their branches.

        :return: {"total": found, "matches": [ids of those shown], "levels": as
            `get_tree_levels`, only with found nodes and what they stand in}
        """
        top = self._search_tree_nodes(
            self._get_tree_top_domain(classifier_id, archived), archived
        )
        found = self._search_tree_words(Domain("id", "child_of", top.ids), text)
        if not archived:
            found = found.filtered("active")
        shown = found[:limit]
        ids = unique(i for node in shown for i in self._get_tree_path(node, top))
        nodes = self._search_tree_nodes(Domain("id", "in", list(ids)), True)
        levels = {"0": []} | {str(node.id): [] for node in nodes}
        self._fill_tree_levels(levels, nodes, classifier_id, archived)
        return {
            "total": len(found),
            "matches": shown.ids,
            "levels": {k: level for k, level in levels.items() if level or k == "0"},
        }

    @api.readonly
    def get_tree_place(self):
        """Where the node stands: {"classifier_id", "path": ids of its ancestors}."""
        self.ensure_one()
        return {
            "classifier_id": self._get_tree_classifier().id or 0,
            "path": self._get_ancestor_ids()[:-1],
        }

    @api.model
    def _get_tree_top_domain(self, classifier_id, archived=False):
        """Nodes of the classifier whose parent is none of its own, or not shown."""
        if not classifier_id:
            return Domain("classifier_id", "=", False) & Domain("parent_id", "=", False)
        outside = Domain("parent_id.classifier_id", "!=", classifier_id)
        top = Domain("parent_id", "=", False) | outside
        if not archived:  # what is still in use is shown, whatever it stands in
            top |= Domain("parent_id.active", "=", False)
        return Domain("classifier_id", "=", classifier_id) & top

    @api.model
    def _search_tree_nodes(self, domain, archived):
        nodes = self.with_context(active_test=not archived)
        return nodes.search_fetch(domain, TREE_FIELDS)

    @api.model
    def _search_tree_words(self, domain, text):
        """Nodes, archived ones too, whose name, code or wordings hold all words."""
        query = self.with_context(active_test=False)._search(domain)
        name = self._field_to_sql(query.table, "name", query)
        for word in (text or "").lower().replace("ё", "е").split():
            query.add_where(
                SQL(
                    "strpos(replace(lower(concat_ws(' ', %s, %s, %s)), 'ё', 'е'), %s)"
                    " > 0",
                    name,
                    SQL.identifier(query.table, "code"),
                    SQL.identifier(query.table, "synonyms"),
                    word,
                )
            )
        self.flush_model(["name", "code", "synonyms"])
        return self.browse(query)

    @api.model
    def _get_tree_path(self, node, top):
        """Ids from the top of the shown tree down to the node."""
        path = node._get_ancestor_ids()
        tops = set(top.ids)
        first = next((n for n, i in enumerate(path) if i in tops), len(path) - 1)
        return path[first:]

    @api.model
    def _fill_tree_levels(self, levels, nodes, classifier_id, archived):
        """Put prepared nodes into the levels they belong to."""
        counts = self._count_below(nodes.ids, archived)
        for node in nodes:
            parent = str(node.parent_id.id)
            parent = parent if parent in levels else "0"
            values = self._prepare_tree_node(node, classifier_id, counts[node.id])
            values["parent_id"] = int(parent)
            levels[parent].append(values)

    @api.model
    def _prepare_tree_node(self, node, classifier_id, counts):
        """A row of the tree."""
        own = node.classifier_id.id == (classifier_id or False)
        return {
            "id": node.id,
            "name": node.name,
            "code": node.code or "",
            "is_topic": node.is_topic,
            "active": node.active,
            "urgency": node.urgency,
            "danger": node.danger,
            "season": node.season_text or "",
            "valid": node._is_valid_on(),
            "successor": node.replaced_by_id.name or "",
            # a guest here, or a node of this classifier that stands elsewhere
            "guest": "" if own else node.classifier_id.name or "",
            "movable": not own or node._is_at_home(),
            "uses": node.use_count,
            **counts,
        }

    def _is_at_home(self):
        """Whether the parent, if any, belongs to the same classifier."""
        self.ensure_one()
        parent = self.parent_id
        return not parent or parent.classifier_id == self.classifier_id

    @api.model
    def _count_below(self, ids, archived=False):
        """{id: {"children", "topics", "uses_below"}} with one query.

        Children as the tree shows them; topics that are not archived, at any depth;
        uses of the node and of everything below it.
        """
        result = {
            node_id: {"children": 0, "topics": 0, "uses_below": 0} for node_id in ids
        }
        if not ids:
            return result
        self.flush_model(["active", "is_topic", "parent_id", "parent_path"])
        self.flush_model(["use_count"])
        allowed = self.with_context(active_test=False)._search([])
        query = SQL(
            """
            SELECT a.id,
                   count(*) FILTER (
                       WHERE d.parent_id = a.id AND (d.active OR %(archived)s)),
                   count(*) FILTER (WHERE d.is_topic AND d.active AND d.id <> a.id),
                   coalesce(sum(d.use_count), 0)
              FROM helpdesk_ticket_category d,
                   unnest(string_to_array(rtrim(d.parent_path, '/'), '/')::int[])
                       AS a(id)
             WHERE a.id = ANY(%(ids)s) AND d.id IN %(allowed)s
             GROUP BY a.id
            """,
            archived=archived,
            ids=list(ids),
            allowed=allowed.subselect(),
        )
        for node_id, children, topics, uses in self.env.execute_query(query):
            result[node_id] = {
                "children": children,
                "topics": topics,
                "uses_below": int(uses),
            }
        return result

    @api.depends("child_id.is_topic", "child_id.topic_count")
    def _compute_topic_count(self):
        counts = self._count_below(self._origin.ids)
        for category in self:
            below = counts.get(category._origin.id)
            category.topic_count = below["topics"] if below else 0

    def action_open_in_tree(self):
        """Show the node in the tree of its classifier."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "gorod24_classifier.classifier_tree_action"
        )
        return {**action, "params": {"topic_id": self.id}}

    def action_open_inside(self):
        """List the topics inside this group."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_classifier.helpdesk_ticket_category_action"
        )
        return {
            **action,
            "name": self.name,
            "domain": [("id", "child_of", self.id), ("id", "!=", self.id)],
            "context": {"search_default_topics": 1},
        }

    def _get_tree_classifier(self):
        """The classifier in whose tree the node stands: that of its topmost node."""
        self.ensure_one()
        return self.browse(self._get_ancestor_ids()[:1]).classifier_id
