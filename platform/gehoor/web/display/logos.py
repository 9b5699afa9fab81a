"""The logo of an organisation or department: the picture that its agreement holds."""

from __future__ import annotations

import base64

from gehoor.core.agreement.model import Agreement


def logo_of(agreement: Agreement) -> tuple[str, bytes]:
    """Return of which media type the logo of an agreement is, and its bytes; none where it has none."""
    head, _, picture = agreement.style.picture.partition(",")
    return head.removeprefix("data:").removesuffix(";base64"), base64.b64decode(picture)
