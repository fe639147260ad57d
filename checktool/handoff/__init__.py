"""The hand-over: a verified package (BagIt, RFC 8493) of what was checked, and its verification."""
