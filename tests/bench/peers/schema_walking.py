"""A form made anew for each page: a Jinja template that walks the JSON Schema, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment

_TEMPLATE = """
{%- macro options(codes, value, several) -%}
{% for code in codes %}
<option value="{{ code }}"{% if (code in value if several else code == value) %} selected{% endif %}>
{{- code }}</option>{% endfor %}
{%- endmacro -%}
{%- macro block(name, of, value) -%}
{%- set kind = of.get('type', 'string') -%}
<div class="field"><label for="v_{{ name }}">{{ of.get('title', name) }}</label>
{%- if of.description %}<p class="help" id="v_{{ name }}-help">{{ of.description }}</p>{% endif -%}
{%- if of.enum %}<select id="v_{{ name }}" name="v_{{ name }}">{{ options(of.enum, value, false) }}</select>
{%- elif kind == 'array' and of['items'] and of['items'].enum %}
<select multiple id="v_{{ name }}" name="v_{{ name }}">{{ options(of['items'].enum, value, true) }}</select>
{%- elif kind == 'boolean' %}
<label><input type="radio" name="v_{{ name }}" value="ja"{{ ' checked' if value is true }}>Ja</label>
<label><input type="radio" name="v_{{ name }}" value="nee"{{ ' checked' if value is false }}>Nee</label>
{%- elif kind in ('integer', 'number') %}
<input inputmode="decimal" id="v_{{ name }}" name="v_{{ name }}" value="{{ value }}">
{%- elif of.format in ('date', 'time', 'date-time') %}
<input type="{{ of.format }}" id="v_{{ name }}" name="v_{{ name }}" value="{{ value }}">
{%- else %}<input id="v_{{ name }}" name="v_{{ name }}" value="{{ value }}"
{%- if of.maxLength %} maxlength="{{ of.maxLength }}"{% endif %}>{% endif %}</div>
{%- endmacro -%}
{% for name, of in schema.items() %}{{ block(name, of, stored[name]) }}{% endfor %}
"""


def schema_walking(schema: Mapping[str, Any], stored: Mapping[str, Any]) -> Callable[[], str]:
    """Return what renders the fields with their answers."""
    template = Environment(autoescape=True).from_string(_TEMPLATE)
    return lambda: template.render(schema=schema, stored=stored)
