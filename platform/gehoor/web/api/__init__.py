"""What programs ask and change, at ``/api/v1``: the same use cases as the pages, in the roles of their account."""
