"""Files of Gehoor itself that hold nothing but texts: read without what a file of an organisation needs."""

from __future__ import annotations

from typing import Any

from gehoor.loading.source.nodes import MappingNode, Node, SequenceNode
from gehoor.loading.source.yaml import read_yaml


def texts_in(content: bytes, file: str) -> dict[str, Any]:
    """Return what stands in a file: groups, lists and texts; a number is the text that was typed."""
    root = read_yaml(content, file).root
    if root is None:
        raise ValueError(file)
    return {member.key: _plain(member.value) for member in root.members}


def _plain(node: Node) -> Any:
    if isinstance(node, MappingNode):
        return {member.key: _plain(member.value) for member in node.members}
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return node.text
